/// The client of the daemon and of the server beside it:
/// `methods_client NAME SOCKET TEXT SERVER ARGUMENT…`, where NAME is the server's in reports and TEXT a
/// file. The server must listen at SOCKET.
///
/// It starts the server and takes commands as in measuring.h. `empty`, `document`, `document-p99` and
/// `documents` are answered with nanoseconds of a call, the last one with nanoseconds of one of its
/// documents; behind `cpu-` with nanoseconds of processor time that the server and its children have
/// taken for it.
#include "measuring.h"
#include "methods.grpc.pb.h"
#include "methods_work.h"
#include "processor_time.h"

#include <grpcpp/grpcpp.h>

namespace {

namespace plugin = bench::plugin;

class Client {
public:
  /// Documents in a request for a stream.
  static constexpr int kDocuments = 64;

  Client(const std::string &socket, const std::string &text)
      : channel_(
            grpc::CreateChannel("unix:" + socket, grpc::InsecureChannelCredentials())),
        stub_(plugin::Methods::NewStub(channel_)) {
    document_.set_text(text);
    plugin::DocumentResponse response;
    Find(document_, 0, &response);
    sum_ = bench::ReadAll(response);
    for (int i = 0; i < kDocuments; i++)
      bench::Set(documents_.add_document()->mutable_text(), i * text.size(), text.size());
    for (int i = 0; i < kDocuments; i++)
      documents_.mutable_text()->append(text);
    response.Clear();
    for (int i = 0; i < kDocuments; i++)
      Find(documents_, i, &response);
    sum_of_all_ = bench::ReadAll(response);
  }

  /// The daemon answers before its plugins' workers run: the first call waits for one.
  void Connect() {
    const auto until = std::chrono::system_clock::now() + std::chrono::seconds(30);
    while (!channel_->WaitForConnected(std::chrono::system_clock::now() +
                                       std::chrono::milliseconds(100)))
      if (std::chrono::system_clock::now() > until)
        throw std::runtime_error("the server does not answer");
    Empty();
  }

  void Empty() {
    grpc::ClientContext context;
    plugin::EmptyResponse response;
    Check(stub_->Empty(&context, plugin::EmptyRequest(), &response));
  }

  void Document() {
    grpc::ClientContext context;
    plugin::DocumentResponse response;
    Check(stub_->Document(&context, document_, &response));
    if (bench::ReadAll(response) != sum_)
      throw std::runtime_error("the records are not those that were to be found");
  }

  void Documents() {
    grpc::ClientContext context;
    const auto reader = stub_->Documents(&context, documents_);
    plugin::DocumentsResponse response;
    uint64_t sum = 0;
    while (reader->Read(&response))
      sum += bench::ReadAll(response);
    Check(reader->Finish());
    if (sum != sum_of_all_)
      throw std::runtime_error("the records are not those that were to be found");
  }

private:
  template <typename Request>
  static void Find(const Request &request, int index,
                   plugin::DocumentResponse *response) {
    bench::Find(request.text(), bench::DocumentAt(request, index), index + 1, response);
  }

  static void Check(const grpc::Status &status) {
    if (!status.ok())
      throw std::runtime_error(status.error_message());
  }

  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<plugin::Methods::Stub> stub_;
  plugin::DocumentRequest document_;
  plugin::DocumentsRequest documents_;
  /// What reading the right answers gives.
  uint64_t sum_ = 0, sum_of_all_ = 0;
};

/// One of the calls, and for how many documents its time is divided.
struct Call {
  std::string name;
  void (Client::*function)();
  int documents;
};

const Call calls[] = {{"empty", &Client::Empty, 1},
                      {"document", &Client::Document, 1},
                      {"documents", &Client::Documents, Client::kDocuments}};

double Answer(const std::string &command, int samples, int pause_us, Client &client,
              pid_t server) {
  for (const Call &call : calls) {
    const auto once = [&] { (client.*call.function)(); };
    if (command == call.name)
      return bench::Quantile(bench::Times(samples, pause_us, once), 0.5) / call.documents;
    if (command == call.name + "-p99")
      return bench::Quantile(bench::Times(samples, pause_us, once), 0.99) /
             call.documents;
    if (command == "cpu-" + call.name) {
      once();
      const double start = bench::ProcessorTime(server);
      for (int i = 0; i < samples; i++)
        once();
      return (bench::ProcessorTime(server) - start) / samples / call.documents;
    }
  }
  throw std::runtime_error("not understood: " + command);
}

} // namespace

int main(int count, char **arguments) try {
  if (count < 5) {
    std::cerr << "usage: methods_client NAME SOCKET TEXT SERVER ARGUMENT...\n";
    return 64;
  }
  const bench::ServerProcess server(arguments + 4);
  Client client(arguments[2], bench::ReadFile(arguments[3]));
  client.Connect();
  bench::Serve(arguments[1], [&](const std::string &command, int samples, int pause_us) {
    return Answer(command, samples, pause_us, client, server.pid());
  });
} catch (const std::exception &error) {
  std::cerr << "methods_client: " << error.what() << "\n";
  return 1;
}
