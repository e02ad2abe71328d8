/// How both servers serve.
#ifndef DUIKOU_BENCH_SERVING_H
#define DUIKOU_BENCH_SERVING_H

#include <grpcpp/grpcpp.h>

#include <csignal>
#include <cstdio>
#include <sys/prctl.h>

namespace bench {

/// Serves on the unix socket that is the program's one argument, until the parent ends. Returns the exit
/// status where that cannot begin.
inline int Serve(int count, char **arguments, grpc::Service *service) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s SOCKET\n", arguments[0]);
    return 64;
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  grpc::ServerBuilder builder;
  builder.AddListeningPort(std::string("unix:") + arguments[1],
                           grpc::InsecureServerCredentials());
  builder.RegisterService(service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (!server)
    return 1;
  server->Wait();
  return 0;
}

} // namespace bench

#endif
