package explain

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"uccn/generator/internal/model"
)

// TestEveryCode asks that each code which the program can report is explained,
// and that no words are kept for a code which nothing reports.
func TestEveryCode(t *testing.T) {
	used := codesInSource(t)
	var explained []string
	for _, e := range Entries() {
		explained = append(explained, e.Code)
		if used[e.Code] == "" {
			t.Errorf("codes.md explains %q, which nothing reports", e.Code)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(used)) {
		if n := len(slices.DeleteFunc(slices.Clone(explained), func(c string) bool { return c != code })); n != 1 {
			t.Errorf("%s: the code %q is explained %d times in codes.md", used[code], code, n)
		}
	}
}

// TestEntries asks for the form that a terminal shows well.
func TestEntries(t *testing.T) {
	for _, e := range Entries() {
		if strings.HasSuffix(e.Summary, ".") || len([]rune(e.Summary)) > 90 || strings.ToLower(e.Summary[:1]) != e.Summary[:1] {
			t.Errorf("%s: the first line should be short, in lower case and without a full stop: %q", e.Code, e.Summary)
		}
		if e.Wrong == e.Right {
			t.Errorf("%s: the two examples are the same", e.Code)
		}
		for line := range strings.SplitSeq(strings.Join([]string{e.Means, e.Wrong, e.Right, e.Do}, "\n"), "\n") {
			if len([]rune(line)) > 100 {
				t.Errorf("%s: a line of %d characters: %s", e.Code, len([]rune(line)), line)
			}
		}
	}
}

// codesInSource finds the codes that the program reports, each with a place.
//
// A code is what is given to a parameter called code of a function of package
// diag or schema, or a word given to a field Code or Problem. Where it is put together of "unknown-" and
// a word, the word is a type's.
func codesInSource(t *testing.T) map[string]string {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	err := filepath.WalkDir("../..", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"testdata", "checks", "archtest", "inspect"}, d.Name()) {
			return fs.SkipDir // inspect words what is wrong with a PDF, for tests
		}
		if !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(fset, p, nil, parser.SkipObjectResolution)
		files = append(files, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	f := finder{t: t, fset: fset, found: map[string]string{}, at: map[string]int{}}
	for _, file := range files {
		if file.Name.Name == "diag" || file.Name.Name == "schema" {
			ast.Inspect(file, f.parameters)
		}
	}
	for _, file := range files {
		ast.Inspect(file, f.uses)
	}
	return f.found
}

type finder struct {
	t     *testing.T
	fset  *token.FileSet
	found map[string]string
	at    map[string]int // function → which of its parameters is the code
}

// parameters notes the functions that are given a code. Exported methods of one
// name have it in one place.
func (f *finder) parameters(n ast.Node) bool {
	fn, ok := n.(*ast.FuncDecl)
	if !ok || !fn.Name.IsExported() && fn.Name.Name != "errorf" && fn.Name.Name != "warnf" {
		return true
	}
	i := 0
	for _, p := range fn.Type.Params.List {
		for _, name := range p.Names {
			if name.Name == "code" && fmt.Sprint(p.Type) == "string" {
				f.at[fn.Name.Name] = i
			}
			i++
		}
	}
	return true
}

func (f *finder) uses(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		name, of := called(n)
		if i, ok := f.at[name]; ok && of != "fmt" && of != "t" && i < len(n.Args) {
			f.take(n.Args[i])
		}
	case *ast.KeyValueExpr:
		if k, ok := n.Key.(*ast.Ident); ok && (k.Name == "Code" || k.Name == "Problem") {
			f.take(n.Value)
		}
	case *ast.AssignStmt:
		for i, l := range n.Lhs {
			if s, ok := l.(*ast.SelectorExpr); ok && len(n.Rhs) == len(n.Lhs) && (s.Sel.Name == "Code" || s.Sel.Name == "Problem") {
				f.take(n.Rhs[i])
			}
		}
	}
	return true
}

func called(c *ast.CallExpr) (name, of string) {
	fun := c.Fun
	if x, ok := fun.(*ast.IndexExpr); ok {
		fun = x.X
	}
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name, ""
	case *ast.SelectorExpr:
		if x, ok := fun.X.(*ast.Ident); ok {
			return fun.Sel.Name, x.Name
		}
		return fun.Sel.Name, ""
	}
	return "", ""
}

var codeWord = regexp.MustCompile(`^[a-z]+[0-9]*(-[a-z0-9]+)*$`)

// take notes the code that an expression gives. A name stands for what its
// caller gives, which is found there.
func (f *finder) take(e ast.Expr) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(e.Value); err == nil && codeWord.MatchString(s) {
			f.note(s, e)
		}
	case *ast.BinaryExpr:
		l, ok := e.X.(*ast.BasicLit)
		if s, err := strconv.Unquote(l.Value); !ok || err != nil || s != "unknown-" {
			f.t.Errorf("%s: this code cannot be read off the source", f.fset.Position(e.Pos()))
			return
		}
		for _, typ := range model.Types() {
			f.note("unknown-"+typ.Singular(), e)
		}
	}
}

func (f *finder) note(code string, at ast.Node) {
	if f.found[code] == "" {
		f.found[code] = f.fset.Position(at.Pos()).String()
	}
}
