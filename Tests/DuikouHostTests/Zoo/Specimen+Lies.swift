import DuikouModel

extension Specimen {
  /// Plugins whose rows cannot be right.
  static let lies: [Specimen] = [
    .lie("evidence beyond the text", "place->row.evidence = (dk_span){0, 1u << 30}"),
    .lie("evidence that wraps around", "place->row.evidence = (dk_span){0xfffffff0u, 0x20}"),
    .lie("evidence within a character", "place->row.evidence = (dk_span){1, 3}"),
    .lie("a string beyond the pool", "place->name = (dk_str){1u << 20, 4}"),
    .lie("a string that wraps around", "place->name = (dk_str){0xfffffff0u, 0x20}"),
    .lie("a string that is not UTF-8", "place->name = call->intern(call, \"\\xff\\xfe\", 2)"),
    .lie("a length without a string", "place->name = (dk_str){0, 4}"),
    .lie("a number that is none", "place->lon = 0.0 / 0.0"),
    .lie("a number without end", "place->lat = 1.0 / 0.0"),
    .lie("presence bits of nobody", "place->row.has = ~0ull"),
    .lie("a confidence above all", "place->row.confidence = 2000000"),
    .lie("a document that is not there", "place->row.document = 77"),
    .lie("a run that is not there", "place->row.run = 77"),
    .lie(
      "a reference to nobody",
      "dk_mention *m = call->append(call, DK_MENTION, 1, NULL); m->entity = (dk_ref){DK_PLACE, 99}"),
    Specimen(
      name: "a header of nonsense", codes: [.dataLoss, .unavailable, .unknown, .internalError],
      word: "",
      body: """
        char *place = call->append(call, DK_PLACE, 1, NULL);
        for (int page = 1; page <= 8; page++) memset(place - page * 4096, 0xff, 4096);
        return DK_OK;
        """),
    Specimen(
      name: "a header that changes while it is read", codes: StatusCode.allCases, word: "",
      before: """
        static char *volatile block;
        static void *flip(void *a) {
          for (uint32_t i = 0;; i++) for (int at = 0; at < 72; at += 4) *(volatile uint32_t *)(block + at) = i * 2654435761u;
          return a;
        }
        """,
      body: """
        char *place = call->append(call, DK_PLACE, 1, NULL);
        block = place - 8 * 4096;
        pthread_t t;
        pthread_create(&t, NULL, flip, NULL);
        for (volatile int i = 0; i < 1000000; i++) {}
        return DK_OK;
        """),
    Specimen(
      name: "the same rows a thousand times", codes: [.dataLoss], word: "more than once",
      before:
        "typedef struct { uint32_t type, size; uint64_t off; uint32_t count, reserved; } piece;\n",
      body: """
        char *place = call->append(call, DK_PLACE, 100000, NULL);
        char *block = place - 8 * 4096;
        piece *pieces = (piece *)(block + *(uint64_t *)(block + 16));
        for (int i = 0; i < 1024; i++) pieces[i] = (piece){DK_PLACE, sizeof(dk_place), 8 * 4096, 800000, 0};
        *(uint32_t *)(block + 24) = 1024;
        return DK_OK;
        """),
    Specimen(
      name: "trailers that are longer than they are", codes: [.dataLoss], word: "trailers",
      body: """
        char *place = call->append(call, DK_PLACE, 1, NULL);
        call->trailer(call, "left", "1", 1);
        *(uint32_t *)(place - 8 * 4096 + 28) = 4000;
        return DK_OK;
        """),
    Specimen(
      name: "a trailer that speaks for the host", codes: [.dataLoss], word: "trailers",
      body: """
        char *place = call->append(call, DK_PLACE, 1, NULL), *block = place - 8 * 4096;
        call->trailer(call, "xxxxxxxxxxx", "0", 1);
        memcpy(block + *(uint64_t *)(block + 64) + 8, "grpc-status", 11);
        return DK_OK;
        """),
    Specimen(
      name: "flushes without end", codes: [.resourceExhausted, .deadlineExceeded], word: "",
      body: """
        static char s[1 << 20];
        for (;;) {
          for (int i = 0; i < 60; i++) call->intern(call, s, sizeof s);
          dk_status status = call->flush(call);
          if (status) return status;
        }
        """),
    Specimen(
      name: "a status that is none", codes: [.unknown], word: "", body: "return 4711;"),
    Specimen(
      name: "a message without end", codes: [.aborted], word: "",
      body:
        "static char m[1 << 20]; memset(m, 'x', sizeof m); return call->fail(call, DK_ABORTED, m, sizeof m);"
    ),
    Specimen(
      name: "rows without end", codes: [.resourceExhausted], word: "",
      body: "while (call->append(call, DK_PLACE, 1u << 16, NULL)) {} return DK_OK;"),
    Specimen(
      name: "strings without end", codes: [.resourceExhausted], word: "",
      body: "static char s[1 << 20]; while (call->intern(call, s, sizeof s).off) {} return DK_OK;"),
  ]

  /// Plugins that misbehave without harm: their call ends well.
  static let harmless: [Specimen] = [
    Specimen(
      name: "closes everything", codes: [.ok], word: "",
      body: "for (int i = 0; i < 1024; i++) close(i); return DK_OK;"),
    Specimen(
      name: "writes a megabyte of lines", codes: [.ok, .deadlineExceeded], word: "",
      body:
        "for (int i = 0; i < 20000; i++) printf(\"line %d of many that nobody wants to read\\n\", i); return DK_OK;"
    ),
    Specimen(
      name: "writes without a line end", codes: [.ok, .deadlineExceeded], word: "",
      body: "for (int i = 0; i < 100000; i++) fputs(\"xxxxxxxx\", stderr); return DK_OK;"),
    Specimen(
      name: "writes what moves the cursor", codes: [.ok], word: "",
      body: "puts(\"\\x1b[2J\\x1b[H\\r\\x07\"); return DK_OK;"),
    Specimen(
      name: "crashes when it ends", codes: [.ok], word: "",
      before: "__attribute__((destructor)) static void bye(void) { *(volatile int *)0; }",
      body: "return DK_OK;"),
    Specimen(
      name: "leaves a thread that loops", codes: [.ok], word: "",
      before: "static void *loop(void *a) { for (;;) sched_yield(); return a; }",
      body: "pthread_t t; pthread_create(&t, NULL, loop, NULL); return DK_OK;"),
    Specimen(
      name: "handles signals that are its own", codes: [.ok], word: "",
      body: "return signal(SIGUSR1, SIG_IGN) == SIG_ERR ? DK_INTERNAL : DK_OK;"),
  ]

  /// Plugins that strike while they are loaded: they are refused, or find nothing to strike.
  static let early: [Specimen] = [
    Specimen(
      name: "crashes in a constructor", codes: [.unavailable], word: "SIGSEGV during loading",
      before: "__attribute__((constructor)) static void hi(void) { *(volatile int *)0; }", body: ""),
    Specimen(
      name: "exits in a constructor", codes: [.unavailable], word: "status 5",
      before: "__attribute__((constructor)) static void hi(void) { exit(5); }", body: ""),
    Specimen(
      name: "loops in a constructor", codes: [.deadlineExceeded], word: "described",
      before: "__attribute__((constructor)) static void hi(void) { for (;;) {} }", body: ""),
    Specimen(
      name: "runs a program in a constructor", codes: [.unavailable], word: "forbidden",
      before:
        "__attribute__((constructor)) static void hi(void) { execl(\"/bin/true\", \"\", NULL); }",
      body: ""),
    Specimen(
      name: "has an id at a wild address", codes: [.unavailable], word: "SIGSEGV", body: "",
      plugin: ", .config = 1"
    ).describedBy("(const char *)0x1000"),
    Specimen(
      name: "crashes in create", codes: [.unavailable], word: "create",
      before:
        "static dk_status make(const dk_host *h, const dk_image *c, void **s) { *(volatile int *)0; return 0; }",
      body: "", plugin: ", .create = make"),
    Specimen(
      name: "loops in create", codes: [.deadlineExceeded], word: "create",
      before:
        "static dk_status make(const dk_host *h, const dk_image *c, void **s) { for (;;) {} }",
      body: "", plugin: ", .create = make"),
    Specimen(
      name: "fails in create", codes: [.notFound], word: "create",
      before:
        "static dk_status make(const dk_host *h, const dk_image *c, void **s) { return DK_NOT_FOUND; }",
      body: "", plugin: ", .create = make"),
    .refused(
      "reads /etc/passwd in a constructor", "descriptor < 0",
      before:
        "static int descriptor; __attribute__((constructor)) static void hi(void) { descriptor = open(\"/etc/passwd\", O_RDONLY); }\n"
    ),
    .refused(
      "forks in a constructor", "child < 0",
      before:
        "static int child; __attribute__((constructor)) static void hi(void) { child = fork(); if (!child) for (;;) pause(); }\n"
    ),
    .refused(
      "keeps a thread from before the sandbox", "result < 0",
      before: """
        static volatile int result = 1;
        static void *later(void *a) {
          usleep(20000);
          result = mmap(0, 4096, 7, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
          return a;
        }
        static pthread_t t;
        __attribute__((constructor)) static void hi(void) { pthread_create(&t, NULL, later, NULL); }

        """
    ).waiting("pthread_join(t, NULL);"),
  ]

  /// With an expression for the plugin's id.
  private func describedBy(_ id: String) -> Specimen {
    var specimen = self
    specimen.before += "\nstatic const char *const wild = \(id);"
    specimen.plugin = ", .doc = \(id)"
    return specimen
  }

  /// With something to wait for before the attempt is looked at.
  private func waiting(_ statement: String) -> Specimen {
    var specimen = self
    specimen.body = statement + body
    return specimen
  }
}
