/// A synchronous gRPC server on a unix socket: `server SOCKET`. Ends with its parent.
#include "bench.grpc.pb.h"
#include "work.h"

#include <grpcpp/grpcpp.h>

#include <csignal>
#include <cstdio>
#include <sys/prctl.h>

namespace {

class Service final : public bench::Bench::Service {
  grpc::Status Nothing(grpc::ServerContext *, const bench::Empty *,
                       bench::Empty *) override {
    return grpc::Status::OK;
  }

  grpc::Status Find(grpc::ServerContext *, const bench::Document *document,
                    bench::Records *records) override {
    bench::Fill(document->text(), records);
    return grpc::Status::OK;
  }
};

} // namespace

int main(int count, char **arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: server SOCKET\n");
    return 64;
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  Service service;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(std::string("unix:") + arguments[1],
                           grpc::InsecureServerCredentials());
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (!server)
    return 1;
  server->Wait();
}
