package contract

// penaltyRules are the rules of one version of the chapter.
type penaltyRules struct{}

func (b *builder) penalties(i int) *penaltyRules { return new(penaltyRules) }
