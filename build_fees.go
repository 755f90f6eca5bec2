package contract

// feesRules are the rules of one version of the chapter.
type feesRules struct{}

func (b *builder) fees(i int) *feesRules { return new(feesRules) }
