package media

import (
	"context"
	"errors"
	"fmt"
	"image"
	"sync"
	"testing"
	"time"

	"uccn/generator/internal/model"
)

func TestRungs(t *testing.T) {
	for _, c := range []struct {
		w, h int
		want string
	}{
		{4000, 3000, "[(1920,1440) (1600,1200) (1280,960) (960,720) (640,480) (480,360) (320,240)]"},
		{1920, 1080, "[(1920,1080) (1600,900) (1280,720) (960,540) (640,360) (480,270) (320,180)]"},
		{1919, 1000, "[(1919,1000) (1600,834) (1280,667) (960,500) (640,334) (480,250) (320,167)]"},
		{1700, 1000, "[(1600,941) (1280,753) (960,565) (640,376) (480,282) (320,188)]"},
		{320, 100, "[(320,100)]"},
		{319, 100, "[(319,100)]"},
		{1, 1, "[(1,1)]"},
		{100_000, 1, "[(1920,1) (1600,1) (1280,1) (960,1) (640,1) (480,1) (320,1)]"},
		{500, 20_000, "[(320,12800)]"},
		{400, 40_000, "[(163,16383)]"},
		{1, 100_000, "[(1,16383)]"},
	} {
		if got := fmt.Sprint(rungs(c.w, c.h)); got != c.want {
			t.Errorf("%d × %d: %s, want %s", c.w, c.h, got, c.want)
		}
	}
}

func TestWanted(t *testing.T) {
	all := rungs(1280, 800) // 1280 960 640 480 320
	for _, c := range []struct {
		widths []int
		want   string
	}{
		{nil, "[0 1 2 3 4]"}, {[]int{320}, "[4]"}, {[]int{321, 900}, "[1 3]"}, {[]int{5000, 1280}, "[0]"}, {[]int{1}, "[4]"},
	} {
		if got := fmt.Sprint(wanted(all, c.widths)); got != c.want {
			t.Errorf("%v: %s, want %s", c.widths, got, c.want)
		}
	}
}

func TestRegion(t *testing.T) {
	for _, c := range []struct {
		w, h int
		crop *Crop
		want image.Rectangle
	}{
		{400, 300, nil, image.Rect(0, 0, 400, 300)},
		{400, 300, &Crop{1, 1, model.Point{X: 0.5, Y: 0.5}}, image.Rect(50, 0, 350, 300)},
		{400, 300, &Crop{1, 1, model.Point{X: 0, Y: 0}}, image.Rect(0, 0, 300, 300)},
		{400, 300, &Crop{1, 1, model.Point{X: 0.7, Y: 1}}, image.Rect(100, 0, 400, 300)},
		{400, 300, &Crop{1, 1, model.Point{X: 0.6, Y: 1}}, image.Rect(90, 0, 390, 300)},
		{300, 400, &Crop{3, 2, model.Point{X: 0.5, Y: 0.25}}, image.Rect(0, 0, 300, 200)},
		{300, 400, &Crop{4, 5, model.Point{X: 0.5, Y: 0.9}}, image.Rect(0, 25, 300, 400)},
		{1, 1000, &Crop{100, 1, model.Point{X: 0.5, Y: 0.5}}, image.Rect(0, 500, 1, 501)},
	} {
		if got := c.crop.region(c.w, c.h); got != c.want {
			t.Errorf("%d × %d%v: %v, want %v", c.w, c.h, c.crop, got, c.want)
		}
	}
}

// What a variant is drawn from depends on the source, the part and its size alone.
func TestDraw(t *testing.T) {
	source, whole := image.Pt(4000, 3000), image.Rect(0, 0, 4000, 3000)
	upright := image.Rect(800, 0, 3200, 3000)
	all, crop := rungs(4000, 3000), rungs(2400, 3000)
	for _, c := range []struct {
		name  string
		part  image.Rectangle
		sizes []image.Point
		want  string
	}{
		{"the widest", whole, all[:1], "(4000,3000) (0,0)-(4000,3000) 1"},
		{"the narrowest", whole, all, "(4000,3000) (0,0)-(4000,3000) 7"},
		{"a print", whole, []image.Point{{1500, 1125}}, "(1920,1440) (0,0)-(1920,1440) 1"},
		{"a large print", whole, []image.Point{{3000, 2250}}, "(4000,3000) (0,0)-(4000,3000) 1"},
		{"a crop's widest", upright, crop[:1], "(4000,3000) (800,0)-(3200,3000) 1"},
		{"a crop's third", upright, crop[:3], "(4000,3000) (800,0)-(3200,3000) 3"},
		{"a crop's fourth", upright, crop[:4], "(1920,1440) (384,0)-(1536,1440) 1"},
		{"a crop's narrowest", upright, crop, "(1920,1440) (384,0)-(1536,1440) 4"},
	} {
		r := recipe{}.draw(source, c.part, c.sizes)
		if got := fmt.Sprint(r.base, r.part, len(r.steps)); got != c.want || r.size() != c.sizes[len(c.sizes)-1] {
			t.Errorf("%s: %s of %v, want %s", c.name, got, r.size(), c.want)
		}
	}
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"a/Market Hall (2).JPG": "market-hall-2", "東京.png": "picture", "x": "x", "--.jpg": "picture",
		"a-very-long-name-of-a-picture-that-goes-on-and-on.jpg": "a-very-long-name-of-a-picture-that-goes",
	} {
		if got := slug(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// However many come, they never hold more than the budget, but one alone may.
func TestGate(t *testing.T) {
	var g gate
	var mu sync.Mutex
	var held, most, inside int64
	var wg sync.WaitGroup
	for i := range 200 {
		cost := int64(i%7)*20 + 1
		if i%50 == 0 {
			cost = 1000
		}
		wg.Go(func() {
			leave, err := g.enter(context.Background(), cost, 100)
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			held, inside = held+min(cost, 100), inside+1
			most = max(most, held)
			if cost == 1000 && inside != 1 {
				t.Errorf("one that needs more than all is not alone")
			}
			mu.Unlock()
			mu.Lock()
			held, inside = held-min(cost, 100), inside-1
			mu.Unlock()
			leave()
		})
	}
	wg.Wait()
	if most > 100 || g.used != 0 || len(g.queue) != 0 {
		t.Errorf("held %d at most, %d at the end, %d waiting", most, g.used, len(g.queue))
	}
}

func TestGateCancelled(t *testing.T) {
	var g gate
	leave, _ := g.enter(t.Context(), 80, 100)
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := g.enter(ctx, 80, 100); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	leave()
	if leave, err := g.enter(t.Context(), 100, 100); err != nil {
		t.Error(err)
	} else {
		leave()
	}
	if g.used != 0 || len(g.queue) != 0 {
		t.Errorf("used %d, %d waiting", g.used, len(g.queue))
	}
}
