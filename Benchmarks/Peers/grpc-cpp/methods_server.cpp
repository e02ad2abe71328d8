/// A synchronous gRPC server that does itself what the daemon has its plugin do:
/// `methods_server SOCKET`. Ends with its parent.
#include "methods.grpc.pb.h"
#include "methods_work.h"
#include "serving.h"

namespace {

namespace plugin = bench::plugin;

class Service final : public plugin::Methods::Service {
  grpc::Status Empty(grpc::ServerContext *, const plugin::EmptyRequest *,
                     plugin::EmptyResponse *) override {
    return grpc::Status::OK;
  }

  grpc::Status Document(grpc::ServerContext *, const plugin::DocumentRequest *request,
                        plugin::DocumentResponse *response) override {
    const int count = bench::DocumentCount(*request);
    response->mutable_record()->Reserve(count * bench::kRecords);
    for (int i = 0; i < count; i++)
      bench::Find(request->text(), bench::DocumentAt(*request, i), i + 1, response);
    return grpc::Status::OK;
  }

  grpc::Status Documents(grpc::ServerContext *, const plugin::DocumentsRequest *request,
                         grpc::ServerWriter<plugin::DocumentsResponse> *writer) override {
    const int count = bench::DocumentCount(*request);
    // Its records are used again for the next message.
    plugin::DocumentsResponse response;
    for (int i = 0; i < count; i++) {
      bench::Find(request->text(), bench::DocumentAt(*request, i), i + 1, &response);
      if ((i + 1) % bench::kDocumentsInMessage != 0 && i + 1 < count)
        continue;
      if (!writer->Write(response))
        return grpc::Status::CANCELLED;
      response.Clear();
    }
    return grpc::Status::OK;
  }
};

} // namespace

int main(int count, char **arguments) {
  Service service;
  return bench::Serve(count, arguments, &service);
}
