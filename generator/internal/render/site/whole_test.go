package site

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"uccn/generator/internal/output"
	"uccn/generator/internal/synth"
	"uccn/generator/internal/theme"
	"uccn/themes"
)

// TestPagesTakenWhole holds a theme that writes structs as a whole, and so names
// none of their fields, to the pages that it has when it names each of them too:
// nothing is left out then that no template reads.
func TestPagesTakenWhole(t *testing.T) {
	root := fstest.MapFS{}
	for p, text := range synth.Files(12) {
		root[p] = &fstest.MapFile{Data: []byte(text)}
	}
	for what, src := range map[string]string{
		"in a script": `<script>var page = {{.}}</script>`,
		"in a list":   `{{range .Works}}{{printf "%v" .}}{{end}}`,
		"in a word":   `{{range .Works}}{{$.T "count.cities" .}}{{end}}`,
	} {
		whole, named := fstest.MapFS{}, fstest.MapFS{}
		for name, page := range Pages() {
			of := reflect.TypeOf(page)
			text := "<p></p>"
			if _, ok := of.FieldByName("Works"); ok || !strings.Contains(src, ".Works") {
				text = src
			}
			whole["templates/"+name] = &fstest.MapFile{Data: []byte(text)}
			named["templates/"+name] = &fstest.MapFile{Data: []byte(text + reads(of, 0))}
		}
		got := themed(t, root, theme.Overlay(whole, themes.Default()))
		for i, f := range themed(t, root, theme.Overlay(named, themes.Default())) {
			if strings.HasSuffix(f.Path, ".html") && !bytes.Equal(made(t, got[i]), made(t, f)) {
				t.Errorf("%s: %s is not what it is where all fields are named", what, f.Path)
				break
			}
		}
	}
}

// reads is a template that writes nothing and names all fields of a struct.
func reads(of reflect.Type, depth int) string {
	var b strings.Builder
	for i := range of.NumField() {
		f := of.Field(i)
		fmt.Fprintf(&b, "{{if .%s}}{{end}}", f.Name)
		opens, inner := "with", f.Type
		switch inner.Kind() {
		case reflect.Slice:
			opens, inner = "range", inner.Elem()
		case reflect.Pointer:
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct && f.Name != "Words" && depth < 3 {
			fmt.Fprintf(&b, "{{%s .%s}}%s{{end}}", opens, f.Name, reads(inner, depth+1))
		}
	}
	return b.String()
}

func made(t *testing.T, f output.File) []byte {
	t.Helper()
	b, err := f.Bytes(context.Background())
	if err != nil {
		t.Fatal(f.Path, err)
	}
	return b
}
