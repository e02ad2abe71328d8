package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"benchpb"
	"benchshared"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
)

// process is one plugin that go-plugin has started.
type process struct {
	client *plugin.Client
	bench  benchpb.BenchClient
}

// start starts the plugin and waits for its first answer.
func start(path string) (*process, error) {
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  benchshared.Handshake,
		Plugins:          map[string]plugin.Plugin{benchshared.Name: &benchshared.Plugin{}},
		Cmd:              exec.Command(path),
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Logger:           hclog.NewNullLogger(),
	})
	p := &process{client: client}
	if err := p.connect(); err != nil {
		client.Kill()
		return nil, err
	}
	return p, nil
}

func (p *process) connect() error {
	protocol, err := p.client.Client()
	if err != nil {
		return err
	}
	stub, err := protocol.Dispense(benchshared.Name)
	if err != nil {
		return err
	}
	p.bench = stub.(benchpb.BenchClient)
	return p.nothing()
}

func (p *process) nothing() error {
	_, err := p.bench.Nothing(context.Background(), &benchpb.Empty{})
	return err
}

// sum keeps the reading from being left out.
var sum uint64

func (p *process) find(text string) error {
	answer, err := p.bench.Find(context.Background(), &benchpb.Document{Text: text})
	if err != nil {
		return err
	}
	for _, record := range answer.Records {
		sum += benchshared.Read(record)
	}
	if len(answer.Records) != benchshared.Records {
		return fmt.Errorf("%d records instead of %d", len(answer.Records), benchshared.Records)
	}
	return nil
}

// memory is the process's proportional set size in bytes.
func (p *process) memory() (float64, error) {
	path := fmt.Sprintf("/proc/%d/smaps_rollup", p.client.ReattachConfig().Pid)
	content, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	for _, line := range strings.Split(string(content), "\n") {
		words := strings.Fields(line)
		if len(words) > 1 && words[0] == "Pss:" {
			kilobytes, err := strconv.ParseFloat(words[1], 64)
			return kilobytes * 1024, err
		}
	}
	return 0, fmt.Errorf("%s has no Pss", path)
}
