// The plugin: what go-plugin starts and the host calls.
package main

import (
	"benchshared"

	"github.com/hashicorp/go-plugin"
)

func main() {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: benchshared.Handshake,
		Plugins:         map[string]plugin.Plugin{benchshared.Name: &benchshared.Plugin{}},
		GRPCServer:      plugin.DefaultGRPCServer,
	})
}
