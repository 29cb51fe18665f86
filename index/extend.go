package index

import "slices"

// Here is the part of a page under which the words of a team stand that extend it.
const Here = "Here"

// With returns the page with what others add to it before its own text: what a
// team says about a framework comes before what everybody may know. Each
// addition keeps its sources and names its owner. The page itself stays as it is.
func (p *Page) With(additions ...*Page) *Page {
	body := *p.Body()
	both := *p
	both.text = &body
	body.Sections = nil
	for _, a := range additions {
		own := a.Body()
		both.Aliases = append(slices.Clip(both.Aliases), a.Aliases...)
		both.Unrelated = append(slices.Clip(both.Unrelated), a.Unrelated...)
		both.Words = append(slices.Clip(both.Words), a.Words...)
		both.Links = append(slices.Clip(both.Links), a.Links...)
		body.Questions = append(slices.Clip(body.Questions), own.Questions...)
		body.Sections = append(body.Sections, Section{Part: Here, Body: a.signed(own.Summary), Rests: own.Rests})
		for _, s := range own.Sections {
			if s.Heading == "" && s.Part != "" {
				s.Heading = s.Part
			}
			s.Part = Here
			body.Sections = append(body.Sections, s)
		}
	}
	body.Sections = append(body.Sections, p.Body().Sections...)
	return &both
}

// signed is text with who wrote it, if that is known.
func (p *Page) signed(text string) string {
	if p.Owner == "" {
		return text
	}
	return text + " (" + p.Owner + ")"
}
