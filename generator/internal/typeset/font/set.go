package font

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"uccn/generator/internal/par"
)

// A Set is the fonts of a book, by role.
type Set struct {
	Text, Italic, Bold  *Stack // for reading
	Title, Strong, Sans *Stack // for titles: extra bold; semi-bold; regular, for labels and captions
}

// The names of the default theme's fonts, in the order in which they are asked
// for a character: the look first, then a font for each further script.
const (
	textChain   = "newsreader-regular literata-regular naskh-regular "
	italicChain = "newsreader-italic literata-italic naskh-regular "
	boldChain   = "newsreader-bold literata-bold naskh-bold devanagari-bold thai-bold hebrew-bold "
	titleChain  = "bricolage-extrabold commissioner-bold readex-bold naskh-bold newsreader-bold devanagari-bold thai-bold hebrew-bold "
	strongChain = "bricolage-semibold commissioner-bold readex-bold naskh-bold newsreader-bold devanagari-bold thai-bold hebrew-bold "
	sansChain   = "bricolage-regular commissioner-regular readex-regular naskh-regular newsreader-regular "
	worldChain  = "devanagari-regular thai-regular hebrew-regular georgian-regular armenian-regular ethiopic-regular " +
		"malayalam-regular tamil-regular khmer-regular cjk-jp cjk-kr cjk-sc"
)

// langs tells which fonts draw characters in the way of one language.
func langs(name string) []string {
	switch name {
	case "cjk-jp":
		return []string{"ja"}
	case "cjk-kr":
		return []string{"ko"}
	case "cjk-sc":
		return []string{"zh"}
	}
	return nil
}

// scale brings a font to the size of those for Latin, in parts of a thousand: their
// small letters and capitals are lower than most.
func scale(name string) int {
	family, _, _ := strings.Cut(name, "-")
	switch family {
	case "literata":
		return 900
	case "commissioner", "readex", "cjk":
		return 940
	case "devanagari", "thai", "hebrew", "georgian", "armenian", "ethiopic", "malayalam", "tamil", "khmer":
		return 920
	}
	return 1000
}

// Load reads the fonts of a theme from a folder. Fonts of the folder that the
// theme does not name, and those in more, are asked last, for characters that no
// other font holds. A font in more with the name of one of the theme's replaces it.
func Load(fsys fs.FS, dir string, more map[string][]byte) (Set, error) {
	type file struct {
		name string
		own  []byte // of more; nil: in the folder
	}
	var files []file
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return Set{}, fmt.Errorf("read fonts: %w", err)
	}
	for _, e := range entries {
		if isFont(e.Name()) {
			files = append(files, file{name: e.Name()})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(more)) {
		files = append(files, file{path.Base(name), more[name]})
	}
	parsed, err := par.Map(context.Background(), files, func(_ context.Context, f file) (*Font, error) {
		data, err := f.own, error(nil)
		if data == nil {
			data, err = fs.ReadFile(fsys, path.Join(dir, f.name))
		}
		if err != nil {
			return nil, err
		}
		name := bare(f.name)
		return Parse(name, data, Options{Langs: langs(name), Scale: scale(name)})
	})
	if err != nil {
		return Set{}, fmt.Errorf("read fonts: %w", err)
	}
	fonts := map[string]*Font{}
	for i, f := range files {
		fonts[bare(f.name)] = parsed[i]
	}
	return newSet(fonts)
}

// bare is a file's name without its kind.
func bare(file string) string { return strings.TrimSuffix(file, path.Ext(file)) }

// isFont says whether a file's name is that of a font.
func isFont(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".ttf", ".otf", ".ttc":
		return true
	}
	return false
}

func newSet(fonts map[string]*Font) (Set, error) {
	named := map[string]bool{}
	var lost []string
	stack := func(chain string) *Stack {
		s := &Stack{}
		for _, name := range strings.Fields(chain + worldChain) {
			named[name] = true
			if f := fonts[name]; f != nil {
				s.fonts = append(s.fonts, f)
			} else {
				lost = append(lost, name)
			}
		}
		return s
	}
	set := Set{
		Text: stack(textChain), Italic: stack(italicChain), Bold: stack(boldChain),
		Title: stack(titleChain), Strong: stack(strongChain), Sans: stack(sansChain),
	}
	if len(lost) > 0 {
		slices.Sort(lost)
		return Set{}, fmt.Errorf("read fonts: the theme lacks %s", strings.Join(slices.Compact(lost), ", "))
	}
	var rest []string
	for name := range fonts {
		if !named[name] {
			rest = append(rest, name)
		}
	}
	slices.Sort(rest)
	for _, name := range rest {
		for _, s := range []*Stack{set.Text, set.Italic, set.Bold, set.Title, set.Strong, set.Sans} {
			s.fonts = append(s.fonts, fonts[name])
		}
	}
	return set, nil
}
