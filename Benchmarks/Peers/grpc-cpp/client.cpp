/// The client that the driver talks to: `client SERVER SOCKET TEXT`, where TEXT is a file.
///
/// It starts the server, reads commands from standard input and answers each with a line of
/// JSON: `nothing SAMPLES PAUSE_US` and `find SAMPLES PAUSE_US` with the median in nanoseconds; and
/// `encode` and `decode`, which call nobody: a message's bytes from rows and back, by protobuf's
/// objects.
#include "bench.grpc.pb.h"
#include "work.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <iostream>
#include <spawn.h>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

extern char **environ;

namespace {

using Clock = std::chrono::steady_clock;

/// The server's process, for as long as this object lives.
class ServerProcess {
public:
  ServerProcess(char *program, char *socket) {
    char *arguments[] = {program, socket, nullptr};
    if (posix_spawn(&pid_, program, nullptr, nullptr, arguments, environ) != 0)
      throw std::runtime_error("the server does not start");
  }
  ~ServerProcess() { kill(pid_, SIGKILL); }

private:
  pid_t pid_ = 0;
};

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

double Median(std::vector<double> values) {
  const auto middle = values.begin() + values.size() / 2;
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

template <typename Call> double Measure(int samples, int pause_us, Call call) {
  std::vector<double> values;
  call();
  for (int i = 0; i < samples; i++) {
    if (pause_us > 0)
      std::this_thread::sleep_for(std::chrono::microseconds(pause_us));
    const auto start = Clock::now();
    call();
    const std::chrono::duration<double, std::nano> time = Clock::now() - start;
    values.push_back(time.count());
  }
  return Median(std::move(values));
}

double Answer(const std::string &line, Client &client, Transcoder &transcoder) {
  std::istringstream words(line);
  std::string command;
  int samples = 0, pause_us = 0;
  if (!(words >> command >> samples >> pause_us) || samples <= 0)
    throw std::runtime_error("not understood: " + line);
  if (command == "nothing")
    return Measure(samples, pause_us, [&] { client.Nothing(); });
  if (command == "find")
    return Measure(samples, pause_us, [&] { client.Find(); });
  if (command == "encode")
    return Measure(samples, pause_us, [&] { transcoder.Encode(); });
  if (command == "decode")
    return Measure(samples, pause_us, [&] { transcoder.Decode(); });
  throw std::runtime_error("not understood: " + line);
}

std::string ReadFile(const char *path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

} // namespace

int main(int count, char **arguments) try {
  if (count != 4) {
    std::cerr << "usage: client SERVER SOCKET TEXT\n";
    return 64;
  }
  const ServerProcess server(arguments[1], arguments[2]);
  Client client(arguments[2], ReadFile(arguments[3]));
  client.Connect();
  Transcoder transcoder(ReadFile(arguments[3]));
  std::cout << "{\"peer\":\"gRPC C++ " << grpc::Version() << ", protobuf "
            << google::protobuf::internal::VersionString(GOOGLE_PROTOBUF_VERSION) << "\"}"
            << std::endl;
  for (std::string line; std::getline(std::cin, line);)
    std::cout << "{\"value\":" << std::fixed << Answer(line, client, transcoder) << "}"
              << std::endl;
} catch (const std::exception &error) {
  std::cerr << "client: " << error.what() << "\n";
  return 1;
}
