/// What the interposed functions need to have been opened before the sandbox closes.
#ifndef WORKER_INTERPOSE_H
#define WORKER_INTERPOSE_H

/// Opens the folder of this process's threads.
void open_tasks(void);
int tasks_descriptor(void);

#endif
