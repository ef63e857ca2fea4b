// Package cli is the command line: commands, flags, what is printed where, and
// exit codes. stdout is the answer, stderr is talk.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"uccn/generator/internal/config"
)

// The exit codes are interface.
const (
	exitDone        = 0
	exitContent     = 1 // content to mend
	exitUsage       = 2 // wrong command line
	exitFailure     = 3 // disk, permission, engine
	exitInterrupted = 130
)

// Main runs the program with the arguments, streams and environment of the
// process, and returns its exit code.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	return run(ctx, &env{
		args: os.Args[1:], in: os.Stdin, out: os.Stdout, err: os.Stderr,
		getenv: os.Getenv, now: time.Now,
		terminal: func(s any) bool { f, ok := s.(*os.File); return ok && term.IsTerminal(int(f.Fd())) },
	})
}

// env is the process as a command sees it.
type env struct {
	args     []string
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
	now      func() time.Time
	terminal func(stream any) bool

	flags global
	begun bool // a command has begun: what fails from here on is no mistake of the command line
}

// global are the flags of every command.
type global struct {
	site                 string
	quiet, json, noColor bool
	all                  bool // of those that build: print all problems
}

// errContent says that the site has problems, which have been printed.
var errContent = errors.New("content to mend")

// errStopped says that a command that goes on until it is stopped was stopped.
var errStopped = errors.New("stopped")

func run(ctx context.Context, e *env) int {
	root := e.root()
	root.SetArgs(e.args)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errStopped):
		return exitInterrupted
	case ctx.Err() != nil || errors.Is(err, context.Canceled):
		fmt.Fprintln(e.err, "interrupted; nothing was changed")
		return exitInterrupted
	case errors.Is(err, errContent):
		return exitContent
	case !e.begun || errors.Is(err, errUsage):
		fmt.Fprintf(e.err, "uccn: %s\n", strings.TrimPrefix(err.Error(), errUsage.Error()+": "))
		fmt.Fprintf(e.err, "  hint: %q shows what there is\n", helpFor(root, e.args))
		return exitUsage
	}
	fmt.Fprintf(e.err, "uccn: %v\n", err)
	return exitFailure
}

// errUsage marks a mistake in the command line that a command itself finds.
var errUsage = errors.New("usage")

func usagef(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errUsage, fmt.Sprintf(format, args...))
}

func helpFor(root *cobra.Command, args []string) string {
	if c, _, err := root.Find(args); err == nil && c != root {
		return c.CommandPath() + " --help"
	}
	return "uccn --help"
}

func (e *env) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "uccn",
		Short: "Publish a network of cities: website, booklet, exhibition and open data",
		Long: `uccn makes a website, a booklet, an exhibition and open data of a folder
of Markdown and YAML files.`,
		Example: `  uccn serve          look at the site while you write
  uccn check          find what is wrong
  uccn build          write everything into public/`,
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRun: func(*cobra.Command, []string) { e.begun = true },
		Args:             cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(c, args[0])
			}
			return c.Help()
		},
	}
	root.SetOut(e.out)
	root.SetErr(e.err)
	root.SetIn(e.in)
	root.SetFlagErrorFunc(flagError)
	f := root.PersistentFlags()
	f.StringVar(&e.flags.site, "site", "", "the site's folder (default: the nearest one upwards with a "+config.File+")")
	f.BoolVar(&e.flags.quiet, "quiet", false, "say only what is wrong")
	f.BoolVar(&e.flags.json, "json", false, "answer with one JSON object a line")
	f.BoolVar(&e.flags.noColor, "no-color", false, "no colours (also when NO_COLOR is set)")
	for _, command := range []func(*env) *cobra.Command{
		buildCommand, bookletCommand, panelsCommand, serveCommand, checkCommand, newCommand, schemaCommand, explainCommand, versionCommand,
	} {
		c := command(e)
		c.Args = wordsOf(c.Use)
		root.AddCommand(c)
	}
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			completion(c)
		}
	}
	return root
}

// siteDir returns the absolute path of the site's folder.
func (e *env) siteDir() (string, error) {
	if e.flags.site != "" {
		dir, err := filepath.Abs(e.flags.site)
		if err != nil {
			return "", err
		}
		if _, err := os.Stat(filepath.Join(dir, config.File)); err != nil {
			return "", usagef("%s is no site: it has no %s", e.flags.site, config.File)
		}
		return dir, nil
	}
	wd, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for dir := wd; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, config.File)); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", usagef("there is no %s here or in a folder above; change into a site, or name it with --site DIR", config.File)
		}
	}
}

// clock returns the time of a build: what --clock says, else
// SOURCE_DATE_EPOCH, else now.
func (e *env) clock(flag string) (time.Time, error) {
	if flag != "" {
		t, err := time.Parse("2006-01-02", flag)
		if err != nil {
			return t, usagef("--clock %q is no date such as 2018-06-30", flag)
		}
		return t, nil
	}
	if s := e.getenv("SOURCE_DATE_EPOCH"); s != "" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return time.Time{}, usagef("SOURCE_DATE_EPOCH %q is no number of seconds", s)
		}
		return time.Unix(n, 0).UTC(), nil
	}
	y, m, d := e.now().UTC().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC), nil
}

func (e *env) color(stream any) bool {
	return !e.flags.noColor && e.getenv("NO_COLOR") == "" && e.terminal(stream)
}

func versionCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Example: "  uccn version",
		RunE: func(*cobra.Command, []string) error {
			if e.flags.json {
				return e.answer(map[string]any{"type": "version", "version": version()})
			}
			_, err := fmt.Fprintln(e.out, "uccn", version())
			return err
		},
	}
}

// linked is the version that a release sets when it links the binary.
var linked string

// version returns the version that the binary was built as.
func version() string {
	if linked != "" {
		return linked
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}
