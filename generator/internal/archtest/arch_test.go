// Package archtest holds the building's rules that the compiler does not know.
package archtest

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module = "uccn"
	root   = "../../.."
)

// layers lists the packages from the ground up. A package may import only from
// lines above its own, and its own sub-packages. To change this text is to
// change the architecture: in a commit of its own, with a decision note.
const layers = `
diag par memo synth
model source output pdf plate worldmap chart picture qr ../../themes
schema searchindex epubfile typeset raster
markdown theme media config
load derive
render
render/site render/booklet render/epub render/panels render/opendata render/search render/cards
render/exhibition
publish audit
build explain
watch serve edit
cli
../../generator
`

// onlyIn names the packages that may know a library.
const onlyIn = `
github.com/yuin/goldmark            markdown
github.com/tdewolff/minify          publish
github.com/disintegration/imaging   picture
golang.org/x/image                  picture typeset raster
github.com/tetratelabs/wazero       picture
github.com/fsnotify/fsnotify        watch
github.com/go-text/typesetting      typeset pdf
github.com/spf13/cobra              cli
github.com/boombuler/barcode        qr
gopkg.in/yaml.v3                    schema
html/template                       theme markdown render/site render/exhibition render/search render/booklet render/epub
net/http                            serve
os                                  memo synth publish watch serve cli build ../../generator
os/exec                             cli
log                                 -
log/slog                            -
math/rand                           -
math/rand/v2                        -
`

// A source is one Go file that is part of the program.
type file struct {
	pkg, path string // the package as the texts above name it; the file
	ast       *ast.File
	lines     int
}

func sources(t *testing.T) (*token.FileSet, []file) {
	t.Helper()
	fset := token.NewFileSet()
	var out []file
	for _, dir := range []string{"generator", "themes"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && (d.Name() == "testdata" || d.Name() == "checks" || d.Name() == "archtest") {
				return fs.SkipDir
			}
			if !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
				return nil
			}
			b, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			if bytes.HasPrefix(b, []byte("//go:build ignore")) {
				return nil // a tool that is run by hand
			}
			f, err := parser.ParseFile(fset, p, b, parser.ParseComments)
			if err != nil {
				return err
			}
			rel, _ := filepath.Rel(root, filepath.Dir(p))
			out = append(out, file{short(path.Join(module, filepath.ToSlash(rel))), p, f, bytes.Count(b, []byte("\n"))})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return fset, out
}

// short returns a package's path as the texts above write it.
func short(pkg string) string {
	if p, ok := strings.CutPrefix(pkg, module+"/generator/internal/"); ok {
		return p
	}
	return "../../" + strings.TrimPrefix(pkg, module+"/")
}

// level returns the line of the layers that a package stands in: its own, or
// that of the package it is a part of.
func level(pkg string) (line int, owner string) {
	for i, l := range strings.Split(strings.TrimSpace(layers), "\n") {
		for _, name := range strings.Fields(l) {
			if (pkg == name || strings.HasPrefix(pkg, name+"/")) && len(name) > len(owner) {
				line, owner = i, name
			}
		}
	}
	return line, owner
}

func TestImports(t *testing.T) {
	fset, files := sources(t)
	for _, f := range files {
		own, owner := level(f.pkg)
		if owner == "" {
			t.Errorf("%s is in no layer; put it in the text above", f.pkg)
		}
		for _, im := range f.ast.Imports {
			name, _ := strconv.Unquote(im.Path.Value)
			if strings.HasPrefix(name, module+"/") {
				other := short(name)
				l, o := level(other)
				if o != owner && (o == "" || l >= own) {
					t.Errorf("%s: %s imports %s, which is not below it", fset.Position(im.Pos()), f.pkg, other)
				}
			}
			for _, rule := range strings.Split(strings.TrimSpace(onlyIn), "\n") {
				words := strings.Fields(rule)
				lib, allowed := words[0], words[1:]
				exact := !strings.Contains(lib, ".") // of the standard library, the package and not what is below it
				if name != lib && (exact || !strings.HasPrefix(name, lib+"/")) {
					continue
				}
				if !slices.ContainsFunc(allowed, func(a string) bool { return owner == a }) {
					t.Errorf("%s: %s imports %s, which belongs to %v", fset.Position(im.Pos()), f.pkg, name, allowed)
				}
			}
		}
	}
}

// TestNoHiddenState finds what makes a function's answer depend on more than
// its arguments: package variables, init functions, clocks, loose goroutines.
func TestNoHiddenState(t *testing.T) {
	clock := []string{"cli"}
	spawn := []string{"par", "watch", "serve"}
	fset, files := sources(t)
	for _, f := range files {
		_, owner := level(f.pkg)
		for _, decl := range f.ast.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if decl.Name.Name == "init" && decl.Recv == nil {
					t.Errorf("%s: no init functions", fset.Position(decl.Pos()))
				}
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					v, ok := spec.(*ast.ValueSpec)
					if !ok || decl.Tok != token.VAR || v.Names[0].Name == "_" || embedded(decl, v) || constant(v) || f.pkg == "cli" && v.Names[0].Name == "linked" {
						continue
					}
					t.Errorf("%s: package variable %s; pass it in, or make it a function", fset.Position(v.Pos()), v.Names[0].Name)
				}
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				if !slices.Contains(spawn, owner) {
					t.Errorf("%s: go statement; use par.Map", fset.Position(n.Pos()))
				}
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && n.Sel.Name == "Now" && !slices.Contains(clock, owner) {
					t.Errorf("%s: time.Now; use the Now that was passed in", fset.Position(n.Pos()))
				}
			}
			return true
		})
	}
}

func embedded(d *ast.GenDecl, v *ast.ValueSpec) bool {
	for _, doc := range []*ast.CommentGroup{d.Doc, v.Doc} {
		if doc != nil && strings.HasPrefix(doc.List[len(doc.List)-1].Text, "//go:embed") {
			return true
		}
	}
	return false
}

// constant reports whether every value is a compiled pattern, a sentinel error
// or a table that is only read.
func constant(v *ast.ValueSpec) bool {
	for _, e := range v.Values {
		c, ok := e.(*ast.CallExpr)
		if !ok {
			return false
		}
		f, ok := c.Fun.(*ast.SelectorExpr)
		if !ok {
			return false
		}
		switch f.Sel.Name {
		case "MustCompile", "New", "NewReplacer":
		default:
			return false
		}
	}
	return len(v.Values) > 0
}

// TestSizes holds packages and files to a size that can be read.
func TestSizes(t *testing.T) {
	const fileMax, packageMax = 500, 2500
	_, files := sources(t)
	lines := map[string]int{}
	for _, f := range files {
		lines[f.pkg] += f.lines
		if f.lines > fileMax && !ast.IsGenerated(f.ast) {
			t.Errorf("%s has %d lines; %d are allowed: find the noun that wants to leave", f.path, f.lines, fileMax)
		}
	}
	for pkg, n := range lines {
		if n > packageMax {
			t.Errorf("%s has %d lines; %d are allowed", pkg, n, packageMax)
		}
	}
}

// TestComments asks for a sentence on every package and every exported name.
func TestComments(t *testing.T) {
	fset, files := sources(t)
	documented := map[string]bool{}
	var packages []string
	for _, f := range files {
		if !slices.Contains(packages, f.pkg) {
			packages = append(packages, f.pkg)
		}
		documented[f.pkg] = documented[f.pkg] || f.ast.Doc != nil
		for _, decl := range f.ast.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Name.IsExported() && exportedReceiver(fn) && fn.Doc == nil && !plainMethod(fn) {
				t.Errorf("%s: %s has no comment", fset.Position(fn.Pos()), fn.Name.Name)
			}
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.TYPE {
				for _, s := range d.Specs {
					if ts := s.(*ast.TypeSpec); ts.Name.IsExported() && d.Doc == nil && ts.Doc == nil {
						t.Errorf("%s: %s has no comment", fset.Position(ts.Pos()), ts.Name.Name)
					}
				}
			}
		}
	}
	for _, p := range packages {
		if !documented[p] {
			t.Errorf("package %s has no comment", p)
		}
	}
}

func exportedReceiver(fn *ast.FuncDecl) bool {
	if fn.Recv == nil {
		return true
	}
	return ast.IsExported(strings.TrimLeft(fmt.Sprint(typeName(fn.Recv.List[0].Type)), "*"))
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.IndexExpr:
		return typeName(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// plainMethod reports whether a method's meaning is fixed by a well-known
// interface.
func plainMethod(fn *ast.FuncDecl) bool {
	return fn.Recv != nil && slices.Contains([]string{"String", "Error", "Unwrap", "Len", "Less", "Swap", "Read", "Write", "Close"}, fn.Name.Name)
}
