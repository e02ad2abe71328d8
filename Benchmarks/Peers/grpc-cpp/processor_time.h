/// Processor time of a process and of those below it.
#pragma once

#include <ctime>
#include <dirent.h>
#include <fstream>
#include <string>
#include <vector>

namespace bench {

/// The process that started `pid`; 0 where nobody can say.
inline pid_t ParentOf(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string stat;
  std::getline(file, stat);
  // The name stands in brackets and may hold others; a letter for the state follows.
  const size_t close = stat.rfind(')');
  return close == std::string::npos || close + 4 > stat.size()
             ? 0
             : std::atoi(stat.c_str() + close + 4);
}

/// Nanoseconds for which a process that lives, and its children, and theirs, have run.
inline double ProcessorTime(pid_t pid) {
  double time = 0;
  clockid_t clock;
  timespec now;
  if (clock_getcpuclockid(pid, &clock) == 0 && clock_gettime(clock, &now) == 0)
    time = now.tv_sec * 1e9 + now.tv_nsec;
  DIR *folder = opendir("/proc");
  while (const dirent *entry = folder ? readdir(folder) : nullptr) {
    const pid_t child = std::atoi(entry->d_name);
    if (child > 0 && ParentOf(child) == pid)
      time += ProcessorTime(child);
  }
  if (folder)
    closedir(folder);
  return time;
}

} // namespace bench
