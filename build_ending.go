package contract

// endingRules are the rules of one version of the chapter.
type endingRules struct{}

func (b *builder) ending(i int) *endingRules { return new(endingRules) }
