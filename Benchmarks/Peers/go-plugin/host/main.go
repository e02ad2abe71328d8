// The host that the driver talks to: `host PLUGIN TEXT`, where TEXT is a file.
//
// It starts the plugin, reads commands from standard input and answers each with a line of JSON:
// `nothing SAMPLES PAUSE_US`, `find SAMPLES PAUSE_US` and `start SAMPLES 0` with the median in
// nanoseconds, `memory 1 0` with a plugin's PSS in bytes.
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"sort"
	"time"
)

func median(values []float64) float64 {
	sort.Float64s(values)
	return values[len(values)/2]
}

// measure calls `call` and returns the median in nanoseconds.
func measure(samples int, pause time.Duration, call func() error) (float64, error) {
	values := make([]float64, 0, samples)
	for i := 0; i < samples; i++ {
		if pause > 0 {
			time.Sleep(pause)
		}
		begin := time.Now()
		if err := call(); err != nil {
			return 0, err
		}
		values = append(values, float64(time.Since(begin).Nanoseconds()))
	}
	return median(values), nil
}

// measureStart starts plugins of its own, one after another, and returns the median.
func measureStart(path string, samples int) (float64, error) {
	values := make([]float64, 0, samples)
	for i := 0; i < samples; i++ {
		begin := time.Now()
		another, err := start(path)
		if err != nil {
			return 0, err
		}
		values = append(values, float64(time.Since(begin).Nanoseconds()))
		another.client.Kill()
	}
	return median(values), nil
}

// measureMemory starts a plugin of its own and returns what it takes behind its first document.
func measureMemory(path, text string) (float64, error) {
	another, err := start(path)
	if err != nil {
		return 0, err
	}
	defer another.client.Kill()
	if err := another.find(text); err != nil {
		return 0, err
	}
	return another.memory()
}

func answer(line, path, text string, p *process) (float64, error) {
	var command string
	var samples, pauseMicroseconds int
	if _, err := fmt.Sscan(line, &command, &samples, &pauseMicroseconds); err != nil || samples < 1 {
		return 0, fmt.Errorf("not understood: %s", line)
	}
	pause := time.Duration(pauseMicroseconds) * time.Microsecond
	switch command {
	case "nothing":
		return measure(samples, pause, p.nothing)
	case "find":
		return measure(samples, pause, func() error { return p.find(text) })
	case "start":
		return measureStart(path, samples)
	case "memory":
		return measureMemory(path, text)
	}
	return 0, fmt.Errorf("not understood: %s", line)
}

func run(path, textPath string) error {
	text, err := os.ReadFile(textPath)
	if err != nil {
		return err
	}
	p, err := start(path)
	if err != nil {
		return err
	}
	defer p.client.Kill()
	fmt.Printf("{\"peer\":\"hashicorp/go-plugin, %s\"}\n", runtime.Version())
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		value, err := answer(lines.Text(), path, string(text), p)
		if err != nil {
			return err
		}
		fmt.Printf("{\"value\":%f}\n", value)
	}
	return lines.Err()
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: host PLUGIN TEXT")
		os.Exit(64)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "host:", err)
		os.Exit(1)
	}
}
