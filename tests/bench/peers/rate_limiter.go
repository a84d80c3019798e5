// SPDX-License-Identifier: GPL-3.0-or-later

// What calls of golang.org/x/time/rate cost: prints lines for peer_results.h. Run by tests/bench/run, which hands in the
// version of the package.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sort"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/time/rate"
)

const (
	repetitions = 15
	calls       = 200000
	peer        = "x/time/rate"
)

// Processor time that this process has used, its helper threads included, in ns.
func used() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

// work(n) makes n calls. Of the repetitions the least counts, with two threads the median.
func measure(what string, threads int, work func(n int)) {
	times := make([]float64, repetitions)
	work(calls)
	for i := range times {
		var group sync.WaitGroup
		group.Add(threads)
		before := used()
		for thread := 0; thread < threads; thread++ {
			go func() {
				work(calls)
				group.Done()
			}()
		}
		group.Wait()
		times[i] = float64(used()-before) / float64(threads*calls)
	}
	sort.Float64s(times)
	time := times[0]
	if threads > 1 {
		time = times[len(times)/2]
	}
	allocations := testing.AllocsPerRun(1000, func() { work(1) })
	fmt.Printf("result\t%s\t%d\t%s\t%.1f\t%g\n", what, threads, peer, time, allocations)
}

func allow(limiter *rate.Limiter, meant bool) func(n int) {
	return func(n int) {
		for i := 0; i < n; i++ {
			if limiter.Allow() != meant {
				panic("a call was answered otherwise than meant")
			}
		}
	}
}

func main() {
	runtime.GOMAXPROCS(2)
	fmt.Printf("version\t%s\t%s\n", peer, os.Args[1])
	fmt.Printf("version\tgo\t%s\n", runtime.Version()[2:])
	measure("(reading the clock)", 1, func(n int) {
		for i := 0; i < n; i++ {
			if time.Now().IsZero() {
				panic("there is no time")
			}
		}
	})
	for threads := 1; threads <= 2; threads++ {
		measure("token bucket, permitted", threads, allow(rate.NewLimiter(1e9, 1e9), true))
		spent := rate.NewLimiter(rate.Every(300*24*time.Hour), 1)
		spent.Allow()
		measure("token bucket, rejected", threads, allow(spent, false))
	}
}
