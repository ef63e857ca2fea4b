package ink

import (
	"fmt"
	"io"

	"uccn/generator/internal/config"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render"
)

// mostICC is the size of the largest colour profile that is read, in bytes. Those
// of printing conditions have up to some three million.
const mostICC = 16_000_000

// profiled is what Profile found.
type profiled struct {
	icc      []byte
	problems diag.List
	err      error
}

// Profile reads the printer's colour profile that site.yaml names, once in a build;
// nil when it names none. One that cannot be used is a problem of site.yaml.
func Profile(in *render.Input) ([]byte, diag.List, error) {
	if in.Site.Print.ICC == "" {
		return nil, nil, nil
	}
	if in.Shared == nil {
		p := profileOf(in)
		return p.icc, p.problems, p.err
	}
	p := in.Shared.Get(memo.NewKey("the printer's profile of a build", 1).Key(), func() any { return profileOf(in) }).(profiled)
	return p.icc, p.problems, p.err
}

func profileOf(in *render.Input) profiled {
	name := in.Site.Print.ICC
	var dl diag.List
	at := diag.Pos{Path: config.File}
	f, err := in.Root.Open(name)
	if err != nil {
		dl.Errorf(at, "missing-file", "the colour profile %q cannot be read", name).Hint = "correct the path, which begins in the site's folder"
		return profiled{problems: dl}
	}
	defer f.Close()
	hint := "name the profile that your printer gives you for the paper, such as PSOcoated_v3.icc"
	info, err := f.Stat()
	if err == nil && (!info.Mode().IsRegular() || info.Size() > mostICC) {
		why := fmt.Sprintf("it has %d MB, and profiles have at most %d", info.Size()/1e6, int(mostICC/1e6))
		if !info.Mode().IsRegular() {
			why = "it is no file"
		}
		dl.Errorf(at, "wrong-profile", "the colour profile %q cannot be used: %s", name, why).Hint = hint
		return profiled{problems: dl}
	}
	var icc []byte
	if err == nil {
		icc, err = io.ReadAll(f)
	}
	if err != nil {
		return profiled{err: fmt.Errorf("read %s: %w", name, err)}
	}
	if why := pdf.CheckProfile(icc); why != nil {
		dl.Errorf(at, "wrong-profile", "the colour profile %q cannot be used: %s", name, why).Hint = hint
		return profiled{problems: dl}
	}
	return profiled{icc: icc}
}
