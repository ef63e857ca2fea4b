// This program gives several site generators the same content and equivalent
// templates, checks that each wrote all that it must, and prints how long each
// took next to a base generator:
//
//	go build -o /tmp/uccn ../.. && go build -o /tmp/uccnbench .
//	/tmp/uccnbench run -work /tmp/bench -sizes 180,2000 -tool hugo=PATH -tool uccn=/tmp/uccn
//
// For N cities there are N/3 practices and N/6 case studies of some 450 words
// each; the same N gives the same bytes. A ratio is a tool's time over that of the
// base, Hugo: 0.2 is five times as fast. On a busy machine processor time is the
// steadier figure, and all ratios are worse than on a quiet one.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"
)

var nodeBin = "node"

type toolFlag map[string]string

func (t toolFlag) String() string { return "" }
func (t toolFlag) Set(s string) error {
	k, v, ok := strings.Cut(s, "=")
	if !ok {
		return fmt.Errorf("want name=path")
	}
	t[k] = v
	return nil
}

// Result is one row of the tables, and of results.json.
type Result struct {
	Tool      string
	N, Pages  int
	Cold      Run
	Warm      Run
	OneEdit   Run // a warm build after one city changed
	Colds     []Run
	Check     Checked
	Watch     *WatchRun
	Err       string
	WatchNote string
}

func die(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "uccnbench:", err)
		os.Exit(1)
	}
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: uccnbench gen|run|check|convert [flags]")
		os.Exit(2)
	}
	tools := toolFlag{}
	fs := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	fs.Var(tools, "tool", "name=path of a program to measure (again for each)")
	peers := fs.String("peers", "peers", "folder of the peers' descriptions")
	work := fs.String("work", "", "scratch folder (its content is overwritten)")
	sizes := fs.String("sizes", "180,2000,10000", "numbers of cities")
	runs := fs.Int("runs", 5, "cold builds of each, for the median")
	edits := fs.Int("edits", 7, "edits in watch mode (0: skip watch mode)")
	skipCold := fs.Bool("skip-cold", false, "measure watch mode only")
	base := fs.String("base", "hugo", "the tool that ratios are against")
	limit := fs.Duration("limit", 4*time.Minute, "give a tool up after this long on one step of watch mode")
	keep := fs.Bool("keep-trash", false, "leave moved-away outputs in SCRATCH/trash (when runs follow one another within minutes)")
	most := fs.Float64("most", 0, "fail when a tool needs more than this times the processor time of the base, best of all runs; 0: never")
	jsonOut := fs.String("json", "", "write the results here too")
	outDir := fs.String("out", "", "gen: where the content goes; check: the output to check")
	peerFile := fs.String("peer", "", "check: the description whose layout holds")
	fs.StringVar(&nodeBin, "node", "node", "the Node program")
	fs.Parse(os.Args[2:])
	var ns []int
	for _, s := range strings.Split(*sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		die(err)
		ns = append(ns, n)
	}
	switch os.Args[1] {
	case "gen":
		die(NewSet(ns[0]).Write(*outDir, map[string]string{"cities": "cities", "practices": "practices", "cases": "cases"}))
	case "check":
		p := &Peer{Layout: defaultLayout}
		if *peerFile != "" {
			var err error
			p, err = LoadPeer(*peerFile, "")
			die(err)
		}
		c := p.Check(NewSet(ns[0]), *outDir)
		fmt.Printf("%d HTML files, %d files, %.1f MB, mean city page %d bytes\n", c.HTML, c.Files, float64(c.Bytes)/1e6, c.CityBytes)
		for _, w := range c.Wrong {
			fmt.Println("WRONG:", w)
		}
		if len(c.Wrong) > 0 {
			os.Exit(1)
		}
		fmt.Println("the output holds all that it must")
	case "convert":
		die(convert(*outDir, cities(*outDir)))
	case "run":
		if *work == "" {
			die(fmt.Errorf("-work is needed"))
		}
		var ps []*Peer
		names := make([]string, 0, len(tools))
		for k := range tools {
			names = append(names, k)
		}
		sort.Slice(names, func(i, j int) bool {
			if (names[i] == *base) != (names[j] == *base) {
				return names[i] == *base
			}
			return names[i] < names[j]
		})
		for _, k := range names {
			abs, err := filepath.Abs(tools[k])
			die(err)
			dir, err := filepath.Abs(filepath.Join(*peers, k))
			die(err)
			p, err := LoadPeer(filepath.Join(dir, "peer.json"), abs)
			die(err)
			ps = append(ps, p)
		}
		abs, err := filepath.Abs(*work)
		die(err)
		trash.dir = filepath.Join(abs, "trash")
		res := bench(ps, abs, ns, *runs, *edits, *limit, *skipCold)
		fmt.Print(Tables(res, *base))
		if *keep {
			trash.dir = ""
		} else {
			os.RemoveAll(trash.dir)
		}
		if *jsonOut != "" {
			b, _ := json.MarshalIndent(res, "", " ")
			die(os.WriteFile(*jsonOut, b, 0o644))
		}
		for _, r := range res {
			if len(r.Check.Wrong) > 0 || r.Err != "" {
				fmt.Fprintf(os.Stderr, "%s at %d: %s %v\n", r.Tool, r.N, r.Err, r.Check.Wrong)
				os.Exit(1)
			}
		}
		if *most > 0 {
			die(within(res, *base, *most))
		}
	default:
		die(fmt.Errorf("unknown command %q", os.Args[1]))
	}
}

func bench(ps []*Peer, work string, ns []int, runs, edits int, limit time.Duration, skipCold bool) []*Result {
	var all []*Result
	for _, n := range ns {
		s := NewSet(n)
		res := map[string]*Result{}
		var live []*Peer
		for _, p := range ps {
			if p.MaxCold > 0 && n > p.MaxCold {
				continue
			}
			r := &Result{Tool: p.Name, N: n, Pages: len(s.Cities) + len(s.Practices) + len(s.Cases)}
			all = append(all, r)
			res[p.Name] = r
			if err := p.LayOut(s, site(work, p, n), out(work, p, n)); err != nil {
				r.Err = err.Error()
				continue
			}
			live = append(live, p)
		}
		// The tools take turns, so that a slow spell of the machine hits all.
		if !skipCold {
			for i := 0; i < runs; i++ {
				for _, p := range live {
					r := res[p.Name]
					if r.Err != "" || i > 0 && r.Colds[0].Wall > 3*time.Minute && i > 1 {
						continue
					}
					if err := p.clean(site(work, p, n), out(work, p, n)); err != nil {
						r.Err = err.Error()
						continue
					}
					settle()
					m, err := measure(p.expand(p.Build, site(work, p, n), out(work, p, n)), site(work, p, n), p.Env)
					if err != nil {
						r.Err = fmt.Sprintf("%v: %s", err, m.Tail)
						continue
					}
					r.Colds = append(r.Colds, m)
					fmt.Fprintf(os.Stderr, "%s N=%d cold %d: %.2fs cpu %.2fs rss %d MB (load %s)\n", p.Name, n, i+1, m.Wall.Seconds(), m.CPU.Seconds(), m.RSS>>20, load())
				}
			}
			for _, p := range live {
				r := res[p.Name]
				if r.Err != "" {
					continue
				}
				st, o := site(work, p, n), out(work, p, n)
				r.Cold = medianRun(r.Colds)
				r.Check = p.Check(s, o)
				warm := p.Warm
				if len(warm) == 0 {
					warm = p.Build
				}
				var ws, es []Run
				k := min(runs, 3)
				if r.Cold.Wall > time.Minute {
					k = 1
				}
				for i := 0; i < k; i++ {
					settle()
					m, err := measure(p.expand(warm, st, o), st, p.Env)
					if err != nil {
						r.Err = fmt.Sprintf("warm: %v: %s", err, m.Tail)
						break
					}
					ws = append(ws, m)
					x := s.Cities[(i*31+5)%n]
					f := filepath.Join(st, p.Dirs["cities"], x.Slug+".md")
					b, err := os.ReadFile(f)
					if err != nil {
						continue
					}
					os.WriteFile(f, []byte(strings.ReplaceAll(string(b), "rev-0000", "rev-0500")), 0o644)
					settle()
					m, err = measure(p.expand(warm, st, o), st, p.Env)
					if err == nil {
						es = append(es, m)
						if pg, _ := os.ReadFile(p.path(o, "city", x.Slug)); !bytes.Contains(pg, []byte("rev-0500")) {
							r.Check.Wrong = append(r.Check.Wrong, "a warm build after an edit kept the old page of "+x.Slug)
						}
					}
					os.WriteFile(f, b, 0o644)
					if i+1 < k { // the next warm build finds nothing changed
						if _, err := measure(p.expand(warm, st, o), st, p.Env); err != nil {
							r.Err = fmt.Sprintf("warm: %v", err)
							break
						}
					}
				}
				r.Warm, r.OneEdit = medianRun(ws), medianRun(es)
				fmt.Fprintf(os.Stderr, "%s N=%d warm %.2fs one edit %.2fs; wrong: %v\n", p.Name, n, r.Warm.Wall.Seconds(), r.OneEdit.Wall.Seconds(), r.Check.Wrong)
			}
		}
		if edits > 0 {
			for _, p := range live {
				r := res[p.Name]
				if r.Err != "" || len(p.Watch) == 0 || p.MaxWch > 0 && n > p.MaxWch {
					continue
				}
				// a fresh site, since edits change it
				if err := p.LayOut(s, site(work, p, n), out(work, p, n)); err != nil {
					r.WatchNote = err.Error()
					continue
				}
				w, err := p.WatchTest(s, site(work, p, n), out(work, p, n), edits, limit)
				r.Watch = &w
				if err != nil {
					r.WatchNote = err.Error()
				}
				fmt.Fprintf(os.Stderr, "%s N=%d watch: ready %.2fs body %v name %v template %v cpu %v %v %s\n", p.Name, n, w.Ready.Seconds(), w.Body, w.Title, w.Tmpl, w.BodyCPU, w.Missed, r.WatchNote)
			}
		}
	}
	return all
}

func site(work string, p *Peer, n int) string {
	return filepath.Join(work, fmt.Sprintf("%s-%d", p.Name, n), "site")
}
func out(work string, p *Peer, n int) string {
	return filepath.Join(work, fmt.Sprintf("%s-%d", p.Name, n), "out")
}

// load is the machine's load average, so that a noisy run can be told.
func load() string {
	b, _ := os.ReadFile("/proc/loadavg")
	s, _, _ := strings.Cut(string(b), " ")
	return s
}

// settle lets the disk finish with what earlier runs wrote and removed, so
// that it is not counted against the next.
func settle() {
	syscall.Sync()
	time.Sleep(200 * time.Millisecond)
}
