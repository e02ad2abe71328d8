/// A synchronous gRPC server on a unix socket: `server SOCKET`. Ends with its parent.
#include "bench.grpc.pb.h"
#include "serving.h"
#include "work.h"

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
  Service service;
  return bench::Serve(count, arguments, &service);
}
