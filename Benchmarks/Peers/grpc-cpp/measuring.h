/// What the clients share: the server's process, samples, and the driver's commands.
#pragma once

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iostream>
#include <spawn.h>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

extern char **environ;

namespace bench {

/// The server's process, for as long as this object lives.
class ServerProcess {
public:
  /// `command` is the program's path and its arguments, up to a null pointer.
  explicit ServerProcess(char **command) {
    if (posix_spawn(&pid_, command[0], nullptr, nullptr, command, environ) != 0)
      throw std::runtime_error(std::string(command[0]) + " does not start");
  }
  ~ServerProcess() { kill(pid_, SIGKILL); }
  ServerProcess(const ServerProcess &) = delete;
  ServerProcess &operator=(const ServerProcess &) = delete;

  pid_t pid() const { return pid_; }

private:
  pid_t pid_ = 0;
};

/// The value below which `share` of all values lie.
inline double Quantile(std::vector<double> values, double share) {
  const auto at = values.begin() + static_cast<size_t>(share * values.size());
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// Nanoseconds that each of `samples` calls takes, behind one that is not counted, with a pause before
/// each.
template <typename Call> std::vector<double> Times(int samples, int pause_us, Call call) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> values;
  values.reserve(samples);
  call();
  for (int i = 0; i < samples; i++) {
    if (pause_us > 0)
      std::this_thread::sleep_for(std::chrono::microseconds(pause_us));
    const auto start = Clock::now();
    call();
    const std::chrono::duration<double, std::nano> time = Clock::now() - start;
    values.push_back(time.count());
  }
  return values;
}

inline std::string ReadFile(const char *path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Says who is here, and answers each line `COMMAND SAMPLES PAUSE_US` of standard input with a line
/// of JSON: what `answer` returns for it.
template <typename Answer> void Serve(const std::string &name, Answer answer) {
  std::cout << "{\"peer\":\"" << name << "\"}" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string command;
    int samples = 0, pause_us = 0;
    if (!(words >> command >> samples >> pause_us) || samples <= 0)
      throw std::runtime_error("not understood: " + line);
    std::cout << "{\"value\":" << std::fixed << answer(command, samples, pause_us) << "}"
              << std::endl;
  }
}

} // namespace bench
