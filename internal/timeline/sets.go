package timeline

// Union adds what lies in an interval of either line.
func Union(out *Builder, a, b *Line) {
	i, j := 0, 0
	for i < a.Len() || j < b.Len() {
		var v Interval
		if j == b.Len() || i < a.Len() && a.At(i).Start <= b.At(j).Start {
			v = a.At(i)
			i++
		} else {
			v = b.At(j)
			j++
		}
		out.Add(v.Start, v.End)
	}
}

// Intersection adds what lies in an interval of both.
func Intersection(out *Builder, a, b *Line) {
	for i, j := 0, 0; i < a.Len() && j < b.Len(); {
		v, w := a.At(i), b.At(j)
		if start, end := max(v.Start, w.Start), min(v.End, w.End); start < end {
			out.Add(start, end)
		}
		if v.End < w.End {
			i++
		} else {
			j++
		}
	}
}

// Difference adds what lies in an interval of a and in none of b.
func Difference(out *Builder, a, b *Line) {
	j := 0
	for i := range a.Len() {
		v := a.At(i)
		for j < b.Len() && b.At(j).End <= v.Start {
			j++
		}
		for k := j; k < b.Len() && b.At(k).Start < v.End; k++ {
			if w := b.At(k); v.Start < w.Start {
				out.Add(v.Start, w.Start)
			}
			v.Start = min(b.At(k).End, v.End)
			j = k
		}
		if v.Start < v.End {
			out.Add(v.Start, v.End)
		}
	}
}
