// Package benchshared is what the host and the plugin agree on, and the work of bench_work.h.
package benchshared

import (
	"context"

	"benchpb"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
)

// Handshake is what go-plugin checks before it talks to a process.
var Handshake = plugin.HandshakeConfig{
	ProtocolVersion:  1,
	MagicCookieKey:   "DUIKOU_BENCH",
	MagicCookieValue: "records",
}

// Name is under which the host asks for the service.
const Name = "bench"

// Plugin serves benchpb.Bench over gRPC.
type Plugin struct {
	plugin.NetRPCUnsupportedPlugin
}

// GRPCServer registers the service in the plugin's process.
func (*Plugin) GRPCServer(_ *plugin.GRPCBroker, server *grpc.Server) error {
	benchpb.RegisterBenchServer(server, service{})
	return nil
}

// GRPCClient makes the host's stub.
func (*Plugin) GRPCClient(
	_ context.Context, _ *plugin.GRPCBroker, connection *grpc.ClientConn,
) (interface{}, error) {
	return benchpb.NewBenchClient(connection), nil
}

type service struct{}

func (service) Nothing(context.Context, *benchpb.Empty) (*benchpb.Empty, error) {
	return &benchpb.Empty{}, nil
}

func (service) Find(_ context.Context, document *benchpb.Document) (*benchpb.Records, error) {
	return &benchpb.Records{Records: fill(document.Text)}, nil
}

const (
	step     = 51
	nameSize = 24
	// Records is how many are found in one text.
	Records = 200
)

func fill(text string) []*benchpb.Record {
	count := len(text) / step
	if count > Records {
		count = Records
	}
	records := make([]*benchpb.Record, count)
	for i := range records {
		at := i * step
		records[i] = &benchpb.Record{
			Has:            56,
			EvidenceOffset: uint32(at),
			EvidenceLength: nameSize,
			Document:       1,
			Confidence:     900000,
			Flags:          32,
			Name:           text[at : at+nameSize],
			SentenceOffset: uint32(at),
			SentenceLength: step,
			Amount:         1000000 + int64(i)*100,
			Day:            17000 + int32(i),
			Kind:           1 + uint32(i)%4,
		}
	}
	return records
}

// Read reads every field of a record and the first byte of its name.
func Read(r *benchpb.Record) uint64 {
	return r.Has + uint64(r.EvidenceOffset) + uint64(r.EvidenceLength) + uint64(r.Document) +
		uint64(r.Confidence) + uint64(r.Flags) + uint64(r.Run) + uint64(len(r.Name)) +
		uint64(r.Name[0]) + uint64(r.SentenceOffset) + uint64(r.SentenceLength) +
		uint64(r.Amount) + uint64(r.Day) + uint64(r.Kind)
}
