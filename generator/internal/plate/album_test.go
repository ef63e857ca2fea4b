package plate

import "testing"

func TestVerify(t *testing.T) {
	var a Album
	differ := 0
	a.Verify(func(string) { differ++ })
	s := Subject{Pattern: "weave", Name: "mill-town", Lat: 50, Lon: 20}
	a.SVG(s)
	a.SVG(s)
	if differ > 0 {
		t.Error("a plate comes out differently the second time")
	}
	a.SVG(s)[40] ^= 1 // nobody may do this
	a.SVG(s)
	if differ == 0 {
		t.Error("a plate that was changed is not found")
	}
}
