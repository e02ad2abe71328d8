/// The client that the driver talks to: `client SERVER SOCKET TEXT`, where TEXT is a file.
///
/// It starts the server, reads commands from standard input and answers each with a line of
/// JSON: `nothing SAMPLES PAUSE_US` and `find SAMPLES PAUSE_US` with the median in nanoseconds; and
/// `encode` and `decode`, which call nobody: a message's bytes from rows and back, by protobuf's
/// objects.
#include "bench.grpc.pb.h"
#include "measuring.h"
#include "work.h"

#include <grpcpp/grpcpp.h>

namespace {

class Client {
public:
  Client(const std::string &socket, std::string text)
      : channel_(
            grpc::CreateChannel("unix:" + socket, grpc::InsecureChannelCredentials())),
        stub_(bench::Bench::NewStub(channel_)) {
    document_.set_text(std::move(text));
  }

  void Connect() {
    const auto until = std::chrono::system_clock::now() + std::chrono::seconds(10);
    if (!channel_->WaitForConnected(until))
      throw std::runtime_error("the server does not answer");
  }

  void Nothing() {
    grpc::ClientContext context;
    bench::Empty answer;
    Check(stub_->Nothing(&context, bench::Empty(), &answer));
  }

  void Find() {
    grpc::ClientContext context;
    bench::Records answer;
    Check(stub_->Find(&context, document_, &answer));
    for (const bench::Record &record : answer.records())
      sum_ += bench::Read(record);
    if (answer.records_size() != bench::kRecords)
      throw std::runtime_error("records are missing");
  }

private:
  static void Check(const grpc::Status &status) {
    if (!status.ok())
      throw std::runtime_error(status.error_message());
  }

  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<bench::Bench::Stub> stub_;
  bench::Document document_;
  volatile uint64_t sum_ = 0;
};

/// Turns the rows of one answer into bytes and back, as a server does that keeps rows.
class Transcoder {
public:
  explicit Transcoder(const std::string &text) {
    bench::Records records;
    bench::Fill(text, &records);
    records.SerializeToString(&bytes_);
    Decode();
  }

  void Encode() {
    bench::Records records;
    records.mutable_records()->Reserve(static_cast<int>(rows_.size()));
    for (const bench::Row &row : rows_)
      bench::FromRow(row, names_, records.add_records());
    records.SerializeToString(&encoded_);
  }

  void Decode() {
    bench::Records records;
    if (!records.ParseFromString(bytes_))
      throw std::runtime_error("the bytes are no message");
    rows_.clear();
    names_.clear();
    for (const bench::Record &record : records.records())
      rows_.push_back(bench::ToRow(record, &names_));
  }

private:
  std::string bytes_, encoded_, names_;
  std::vector<bench::Row> rows_;
};

template <typename Call> double Median(int samples, int pause_us, Call call) {
  return bench::Quantile(bench::Times(samples, pause_us, call), 0.5);
}

double Answer(const std::string &command, int samples, int pause_us, Client &client,
              Transcoder &transcoder) {
  if (command == "nothing")
    return Median(samples, pause_us, [&] { client.Nothing(); });
  if (command == "find")
    return Median(samples, pause_us, [&] { client.Find(); });
  if (command == "encode")
    return Median(samples, pause_us, [&] { transcoder.Encode(); });
  if (command == "decode")
    return Median(samples, pause_us, [&] { transcoder.Decode(); });
  throw std::runtime_error("not understood: " + command);
}

} // namespace

int main(int count, char **arguments) try {
  if (count != 4) {
    std::cerr << "usage: client SERVER SOCKET TEXT\n";
    return 64;
  }
  char *command[] = {arguments[1], arguments[2], nullptr};
  const bench::ServerProcess server(command);
  Client client(arguments[2], bench::ReadFile(arguments[3]));
  client.Connect();
  Transcoder transcoder(bench::ReadFile(arguments[3]));
  bench::Serve("gRPC C++ " + grpc::Version() + ", protobuf " +
                   google::protobuf::internal::VersionString(GOOGLE_PROTOBUF_VERSION),
               [&](const std::string &command, int samples, int pause_us) {
                 return Answer(command, samples, pause_us, client, transcoder);
               });
} catch (const std::exception &error) {
  std::cerr << "client: " << error.what() << "\n";
  return 1;
}
