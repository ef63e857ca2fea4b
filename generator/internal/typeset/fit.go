package typeset

// A Step is one rung of a fit ladder: how a text is set to make it shorter.
type Step struct {
	Size    int    // of the letters and their leading, parts of a thousand
	Leading Length // taken off the leading
	Picture int    // height of the picture, parts of a thousand
	Spread  bool   // the text may take two pages
}

// Ladder returns the rungs in the order in which they are tried: nothing; letters
// 2 % and then 4 % smaller; the leading 0.2 and then 0.4 pt tighter; a picture of
// three quarters and then half its height; a spread, with all as it was.
func Ladder() []Step {
	full := Step{Size: 1000, Picture: 1000}
	return []Step{
		full,
		{Size: 980, Picture: 1000},
		{Size: 980, Leading: 200, Picture: 1000},
		{Size: 960, Leading: 200, Picture: 1000},
		{Size: 960, Leading: 400, Picture: 750},
		{Size: 960, Leading: 400, Picture: 500},
		{Size: 1000, Picture: 1000, Spread: true},
	}
}

// Fit tries the steps in order until try reports that no words are left over. It
// returns the step that did it and 0; or the last step and how many words too
// many even that leaves.
func Fit(steps []Step, try func(Step) (over int)) (Step, int) {
	var last Step
	over := 0
	for _, s := range steps {
		last = s
		if over = try(s); over == 0 {
			break
		}
	}
	return last, over
}

// Apply returns a shape as a step sets it.
func (s Step) Apply(shape Shape) Shape {
	shape.Size = shape.Size.Scale(s.Size, 1000)
	shape.Leading = shape.Leading.Scale(s.Size, 1000) - s.Leading
	return shape
}
