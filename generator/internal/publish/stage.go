package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sync/atomic"

	"uccn/generator/internal/memo"
	"uccn/generator/internal/output"
)

// A Stage is an output folder that waits for a new site. Files may be brought to it
// while others are still being made, so that their bytes need not be held; nobody
// sees them before Publish.
type Stage struct {
	b       *build
	unlock  func()
	folders memo.Map[string, error] // made in the second tree
	written atomic.Int64            // files there

	published bool // or given up, which cleans up too
}

// Open locks the output folder and learns what it holds. Close lets it go.
func Open(ctx context.Context, o Options) (*Stage, error) { return openStage(ctx, new(osDisk), o) }

func openStage(ctx context.Context, d disk, o Options) (*Stage, error) {
	b, unlock, err := open(ctx, d, o)
	if err != nil {
		return nil, err
	}
	return &Stage{b: b, unlock: unlock}, nil
}

// Take looks at a file that is finished and returns it as Publish wants it: without its
// bytes, where the output folder holds the same or they could be written into an
// empty second tree. A file that was taken, has no bytes of its own or cannot be
// written stays as it is: Check or Publish will say why. Take is safe for concurrent use.
func (s *Stage) Take(ctx context.Context, f output.File) output.File {
	if f.Taken != nil || f.Blob != nil || f.Later != nil || f.Same || f.Shown || !inTree(f.Path) || f.Path == listName {
		return f
	}
	it, err := s.b.judge(ctx, &f)
	if err == nil && !it.keep && !s.b.pair {
		err = s.write(&it)
	}
	if err != nil {
		return f
	}
	f.Taken = it.verdict
	if it.keep || it.there {
		f.Data = nil
	}
	return f
}

// write writes a file into the second tree, which is not whole.
func (s *Stage) write(it *item) error {
	if err := s.folder(path.Dir(it.path)); err != nil {
		return err
	}
	name := join(s.b.place.in("spare"), it.path)
	info, err := s.b.disk.create(name, it.file.Data, false)
	if err != nil {
		if !errors.Is(err, fs.ErrExist) {
			_ = s.b.disk.remove(name) // Publish will try again
		}
		return err
	}
	it.stamp, it.there = stampOf(info), true
	s.written.Add(1)
	return nil
}

// folder makes a folder of the second tree, and those above it.
func (s *Stage) folder(dir string) error {
	return s.folders.Get(dir, func() error {
		if dir != "." {
			if err := s.folder(path.Dir(dir)); err != nil {
				return err
			}
		} else if err := s.b.disk.remove(s.b.place.in("ok")); err != nil && !absent(err) {
			return err
		}
		return s.b.folder(join(s.b.place.in("spare"), dir))
	})
}

// Publish makes the output folder hold exactly files, build.json and whatever
// in it is not ours. Either all of that becomes visible at one moment or
// nothing does. Beside the output folder, in .uccn/publish, the tree of the build
// before is kept, so that the next build needs to bring only the difference. All that
// was written by Take must be among files. It can be called once.
func (s *Stage) Publish(ctx context.Context, o Options, files []output.File) (Report, error) {
	all, err := sorted(files)
	if err != nil {
		return Report{}, err
	}
	there := int64(0)
	for _, f := range all {
		if v, _ := f.Taken.(*verdict); v != nil && v.there {
			there++
		}
	}
	if n := s.written.Load(); n != there {
		return Report{}, fmt.Errorf("publish: of %d files that were taken only %d are to be published", n, there)
	}
	s.published = true
	r, err := s.b.publish(ctx, o, all)
	if err != nil {
		return Report{}, fmt.Errorf("publish: %w", err)
	}
	return r, nil
}

// Close lets the output folder go. What was taken and not published is removed.
func (s *Stage) Close() {
	if s.folders.Len() > 0 && !s.published {
		_ = s.b.removeTree(s.b.place.in("spare")) // what fails here, the next build does
	}
	s.unlock()
}
