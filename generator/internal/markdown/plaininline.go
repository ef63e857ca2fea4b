package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"uccn/generator/internal/markdown/doc"
)

// content reads inlines from an offset to what stops it: 0 the end of the
// paragraph, ']' a bracket, 1 or 2 as many stars. It returns the offset after
// the stop.
func (p *plainReader) content(at int, stop byte, depth int) (out []doc.Inline, next int, ok bool) {
	if depth > plainDepth {
		return nil, 0, false
	}
	from := at // of the words not yet added
	base := len(p.stack)
	for at < p.to {
		if !isSign(p.src[at]) {
			at++
			continue
		}
		n := p.special(at)
		if n == at {
			at++
			continue
		}
		if p.signs++; p.signs > plainSigns || n < 0 {
			return nil, 0, false
		}
		// src[at:n] is a sign of markup.
		p.words(from, at)
		var x doc.Inline
		switch c := p.src[at]; {
		case c == ']' && stop == ']', c == '*' && p.closes(at, n) && stop == byte(n-at):
			return p.pop(base), n, true
		case c == '*' && p.opens(at, n):
			p.stack = p.run.end(p.src, p.stack)
			x, n, ok = p.emphasis(n, byte(n-at), depth)
		case c == '`':
			p.stack = p.run.end(p.src, p.stack)
			x, n, ok = p.codeSpan(at, n)
		case c == '[' && n < p.to && p.src[n] == '^':
			p.stack = p.run.end(p.src, p.stack)
			x, n, ok = p.call(n + 1)
		case c == '[' && p.inside == 0, c == '!' && p.inside < 2:
			p.stack = p.run.end(p.src, p.stack)
			x, n, ok = p.bracket(at, n, depth)
		default:
			return nil, 0, false
		}
		if !ok {
			return nil, 0, false
		}
		p.stack = append(p.stack, x)
		at, from = n, n
	}
	p.words(from, at)
	return p.pop(base), at, stop == 0
}

// pop takes the inlines of one line off the stack, with the words at its end.
func (p *plainReader) pop(base int) []doc.Inline {
	p.stack = p.run.end(p.src, p.stack)
	if len(p.stack) == base {
		return nil
	}
	out := p.lines.list(p.stack[base:])
	p.stack = p.stack[:base]
	return out
}

// isSign reports whether special knows the character.
func isSign(c byte) bool {
	const low, high = 1<<'\n' | 1<<'!' | 1<<'*' | 1<<'<', 1<<('['-64) | 1<<('\\'-64) | 1<<(']'-64) | 1<<('_'-64) | 1<<('`'-64) | 1<<('~'-64)
	if c < 64 {
		return uint64(low)>>c&1 != 0
	}
	return c < utf8.RuneSelf && uint64(high)>>(c-64)&1 != 0
}

// special returns the end of the sign of markup at an offset: the offset
// itself when there is none, -1 when it is one that is not plain.
func (p *plainReader) special(at int) int {
	switch p.src[at] {
	case '[', ']':
		return at + 1
	case '!':
		if at+1 < p.to && p.src[at+1] == '[' {
			return at + 2
		}
	case '*', '`':
		n := at + 1
		for n < p.to && p.src[n] == p.src[at] {
			n++
		}
		if n-at > 2 {
			return -1
		}
		if p.src[at] == '*' && (at > p.from && p.src[at-1] == ' ') && n < p.to && p.src[n] == ' ' && n == at+1 {
			return at // times
		}
		return n
	case '_':
		if at == p.from || at+1 >= p.to || !isPlainWord(p.src[at-1]) || !isPlainWord(p.src[at+1]) {
			return -1
		}
	case '<':
		if at+1 >= p.to || strings.IndexByte(" =0123456789", p.src[at+1]) < 0 {
			return -1
		}
	case '\\', '~':
		return -1
	case '\n':
		if at > p.from && (p.src[at-1] == ' ' || p.src[at-1] == '\t') {
			return -1
		}
	}
	return at
}

func isPlainWord(c byte) bool { return c < utf8.RuneSelf && isWord(c) }

// opens reports whether the stars src[at:n] can only begin emphasis.
func (p *plainReader) opens(at, n int) bool {
	if at > p.from && strings.IndexByte(" \n(\"[", p.src[at-1]) < 0 || n >= p.to {
		return false
	}
	r, _ := utf8.DecodeRuneInString(p.src[n:p.to])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// closes reports whether the stars src[at:n] can only end emphasis.
func (p *plainReader) closes(at, n int) bool {
	if at == p.from {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(p.src[p.from:at])
	if n == p.to || p.src[n] == ' ' || p.src[n] == '\n' {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".,!?)%\"'`", r)
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && strings.IndexByte(".,;:!?)]\"'-", p.src[n]) >= 0
}

func (p *plainReader) emphasis(at int, stars byte, depth int) (x doc.Inline, next int, ok bool) {
	content, next, ok := p.content(at, stars, depth+1)
	if stars == 2 {
		return p.strongs.put(doc.Strong{Content: content}), next, ok
	}
	return p.stresses.put(doc.Emphasis{Content: content}), next, ok
}

func (p *plainReader) codeSpan(at, n int) (x doc.Inline, next int, ok bool) {
	ticks := p.src[at:n]
	for end := n; end < p.to; end++ {
		if p.src[end] == '\n' {
			break
		}
		if p.src[end] != '`' {
			continue
		}
		stop := end + 1
		for stop < p.to && p.src[stop] == '`' {
			stop++
		}
		if stop-end != len(ticks) {
			end = stop - 1
			continue
		}
		code := p.src[n:end]
		if len(code) > 1 && code[0] == ' ' && code[len(code)-1] == ' ' && !isBlank(code) {
			code = code[1 : len(code)-1]
		}
		p.typo.Thing()
		return doc.CodeSpan(code), stop, true
	}
	return nil, 0, false
}

// call reads the call of a footnote from its label on. Its number is that of
// its first call; the footnotes stand anywhere, so they are looked for once.
func (p *plainReader) call(at int) (x doc.Inline, next int, ok bool) {
	n := strings.IndexByte(p.src[at:min(p.to, at+60)], ']')
	if n < 1 || !isLabel(p.src[at:at+n]) {
		return nil, 0, false
	}
	number := p.number(p.src[at : at+n])
	if number > plainNotes {
		return nil, 0, false
	}
	p.typo.Thing()
	return doc.NoteRef{Number: number, Use: p.use(number, 1)}, at + n + 1, true
}

// number returns the number of a label, and gives one at its first call.
func (p *plainReader) number(label string) int {
	for i, l := range p.called {
		if l == label {
			return i + 1
		}
	}
	p.called = append(p.called, label)
	return len(p.called)
}

// finishNotes reads the footnotes in the order of their calls. It reports
// false when one is missing or nothing calls it.
func (p *plainReader) finishNotes() bool {
	if len(p.called) != len(p.notes) {
		return false
	}
	for _, label := range p.called {
		n := p.find(label)
		if n == nil {
			return false
		}
		content, ok := p.line(n.from, n.to)
		if !ok {
			return false
		}
		p.Notes = append(p.Notes, doc.Note{Blocks: p.one(p.paragraphOf(content))})
	}
	for i := range p.Notes {
		p.Notes[i].Uses = p.uses[i]
	}
	return true
}

// bracket reads a link or a picture from what its brackets hold on.
func (p *plainReader) bracket(open, at, depth int) (x doc.Inline, next int, ok bool) {
	picture := p.src[open] == '!'
	links, images := len(p.Links), len(p.Images)
	inside := p.inside
	p.inside++
	if picture {
		p.inside = 2
	}
	content, end, ok := p.content(at, ']', depth+1)
	p.inside = inside
	if !ok || end-at > 900 || end >= p.to || p.src[end] != '(' {
		return nil, 0, false
	}
	from := end + 1
	to := from
	for to < p.to && p.src[to] > ' ' && strings.IndexByte("()<>\"\\", p.src[to]) < 0 {
		to++
	}
	if to == from || to == p.to {
		return nil, 0, false
	}
	title, end := "", to
	if strings.HasPrefix(p.src[end:p.to], ` "`) {
		n := strings.IndexAny(p.src[end+2:p.to], "\"\\\n")
		if n < 0 || p.src[end+2+n] != '"' {
			return nil, 0, false
		}
		title, end = p.src[end+2:end+2+n], end+2+n+1
	}
	if end >= p.to || p.src[end] != ')' {
		return nil, 0, false
	}
	address := p.src[from:to]
	length := utf8.RuneCountInString(address)
	if !picture {
		return p.newLink(address, from, length, title, content), end + 1, true
	}
	p.Links, p.Images = p.Links[:links], p.Images[:images]
	x = p.newImage(address, from, length, title, doc.PlainText(content))
	p.typo.Thing()
	return x, end + 1, true
}
