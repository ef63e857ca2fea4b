// Package chrome drives a headless Chromium for the checks. It takes note of
// whatever a page complains of and of every request that leaves for elsewhere.
package chrome

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A Browser is one running Chromium. Its tabs share what a site stores.
type Browser struct{ ctx context.Context }

// Open starts Chromium, until the function that it returns is called. It
// reaches no host but this one.
func Open() (Browser, func(), error) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		return Browser{}, nil, fmt.Errorf("%w; run .ci/install", err)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox,
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"),
		chromedp.WSURLReadTimeout(2*time.Minute),
	)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, end := chromedp.NewContext(ctx, chromedp.WithErrorf(complain))
	if err := chromedp.Run(ctx); err != nil {
		end()
		stop()
		return Browser{}, nil, fmt.Errorf("start chromium: %w", err)
	}
	return Browser{ctx}, func() { end(); stop() }, nil
}

// complain prints what the driver cannot do, but not what it merely does not know.
func complain(format string, args ...any) {
	if !strings.HasPrefix(format, "unhandled") && !strings.HasPrefix(format, "could not unmarshal") {
		fmt.Fprintf(os.Stderr, "chromium: "+format+"\n", args...)
	}
}

// A Tab is one page at a time.
type Tab struct {
	t   testing.TB
	ctx context.Context

	mu       sync.Mutex
	problems []string
	script   bool
	home     string
}

// patience is how long one step may take on a busy machine.
const patience = 90 * time.Second

// Tab opens a tab of 1440 by 900 pixels that asks for no motion.
func (b Browser) Tab(t testing.TB) *Tab {
	t.Helper()
	ctx, end := chromedp.NewContext(b.ctx)
	t.Cleanup(end)
	p := &Tab{t: t, ctx: ctx, script: true}
	chromedp.ListenTarget(ctx, p.hear)
	p.do("open a tab", network.Enable(), log.Enable())
	p.Size(1440, 900)
	p.Prefer("light", "reduce")
	return p
}

// hear takes note of complaints and of requests.
func (p *Tab) hear(ev any) {
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		p.note("exception: " + ev.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.APITypeError || ev.Type == runtime.APITypeWarning || ev.Type == runtime.APITypeAssert {
			var words []string
			for _, a := range ev.Args {
				words = append(words, string(a.Value)+a.Description)
			}
			p.note("console: " + strings.Join(words, " "))
		}
	case *log.EventEntryAdded:
		if ev.Entry.Level == log.LevelError || ev.Entry.Level == log.LevelWarning {
			p.note(fmt.Sprintf("%s: %s %s", ev.Entry.Source, ev.Entry.Text, ev.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		u := ev.Request.URL
		p.mu.Lock()
		home := p.home
		p.mu.Unlock()
		if home != "" && !strings.HasPrefix(u, home) && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") {
			p.note("a request to elsewhere: " + u)
		}
	}
}

func (p *Tab) note(problem string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.problems = append(p.problems, problem)
}

// Problems returns what was noted since it was last asked.
func (p *Tab) Problems() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := p.problems
	p.problems = nil
	return out
}

func (p *Tab) do(what string, actions ...chromedp.Action) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Run(p.ctx); err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
	if err := chromedp.Run(ctx, actions...); err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}

// Stay says where requests may go: below this address.
func (p *Tab) Stay(home string) *Tab {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.home = home
	return p
}

// Go opens an address and waits until it has loaded, fonts too; where the page
// sends its reader on at once, the one that it leads to.
func (p *Tab) Go(address string) {
	p.t.Helper()
	p.do("open "+address, chromedp.Navigate(address))
	if p.script {
		p.Wait("document.readyState === 'complete' && document.fonts.status === 'loaded' && !document.querySelector('meta[http-equiv=refresh]')")
	}
}

// Size sets the window, in CSS pixels.
func (p *Tab) Size(width, height int64) {
	p.t.Helper()
	p.do("size", emulation.SetDeviceMetricsOverride(width, height, 1, false))
}

// Prefer sets what the reader prefers: light or dark; reduce or no-preference
// for motion.
func (p *Tab) Prefer(scheme, motion string) {
	p.t.Helper()
	p.do("prefer", emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: motion},
	}))
}

// Offline takes the network away.
func (p *Tab) Offline() {
	p.t.Helper()
	p.do("offline", network.EmulateNetworkConditions(true, 0, -1, -1))
}

// NoScript switches JavaScript off for the pages that are opened from now on.
func (p *Tab) NoScript() {
	p.t.Helper()
	p.script = false
	p.do("no script", emulation.SetScriptExecutionDisabled(true))
}

// Eval evaluates an expression in the page, waits if it is a promise, and
// returns its value.
func Eval[T any](p *Tab, expr string) T {
	p.t.Helper()
	var v T
	p.do("evaluate "+short(expr), chromedp.Evaluate(expr, &v, func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }))
	return v
}

// Run runs statements in the page.
func (p *Tab) Run(statements string) {
	p.t.Helper()
	Eval[any](p, "(() => {"+statements+"\n; return null})()")
}

// Wait waits until an expression is true.
func (p *Tab) Wait(expr string) {
	p.t.Helper()
	p.Patiently(patience/3, expr)
}

// Patiently waits likewise, for so long at most.
func (p *Tab) Patiently(most time.Duration, expr string) {
	p.t.Helper()
	for end := time.Now().Add(most); ; time.Sleep(40 * time.Millisecond) {
		// between two pages there is nothing to ask, which is no answer
		var yes bool
		err := chromedp.Run(p.ctx, chromedp.Evaluate("(() => { try { return !!("+expr+") } catch { return false } })()", &yes))
		if err == nil && yes {
			return
		}
		if time.Now().After(end) {
			p.t.Fatalf("waited in vain for %s (%v)", short(expr), err)
		}
	}
}

// Key presses keys, as the constants of package kb name them, or a text.
func (p *Tab) Key(keys string, mods ...chromedp.KeyOption) {
	p.t.Helper()
	p.do("press a key", chromedp.KeyEvent(keys, mods...))
}

// Click clicks with the mouse in the middle of what a selector finds.
func (p *Tab) Click(selector string) {
	p.t.Helper()
	p.do("click "+selector, chromedp.Click(selector, chromedp.ByQuery, chromedp.NodeVisible))
}

// Picture returns what the window shows, as PNG.
func (p *Tab) Picture() []byte {
	p.t.Helper()
	var b []byte
	p.do("take a picture", chromedp.CaptureScreenshot(&b))
	return b
}

func short(s string) string {
	if len(s) > 160 {
		return s[:160] + "…"
	}
	return s
}
