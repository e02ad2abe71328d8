/// Reads documents and workbooks of Office Open XML: .docx and .xlsx.
#include "office.h"
#include "properties.h"

#include <stdlib.h>
#include <string.h>

/// The file's bytes; NULL with the job failed when the image holds none.
static const char *content_of(job *j, uint32_t *len) {
  const dk_image *image = j->call->image;
  const dk_table *contents = dk_find(image, DK_CONTENT);
  const dk_content *row =
      contents && contents->row_count ? dk_row_at(image, contents, 0) : NULL;
  const char *bytes = row ? dk_string(image, row->bytes) : NULL;
  *len = bytes ? row->bytes.len : 0;
  if (*len == 0) {
    job_fail(j, DK_INVALID_ARGUMENT,
             "the file is empty: get it again from where it came");
    return NULL;
  }
  return bytes;
}

static dk_status read_file(void *self, dk_call *call, content wanted) {
  job j = {call, self, DK_OK};
  uint32_t len;
  const char *bytes = content_of(&j, &len);
  zip *z = bytes ? zip_open(&j, bytes, len) : NULL;
  if (!z)
    return j.status;
  relationships of_file;
  char main[NAME_SIZE];
  read_relationships(&j, z, "", &of_file);
  if (j.status == DK_OK && find_main_part(&j, z, &of_file, wanted, main)) {
    append_title(&j, z, &of_file);
    if (wanted == CONTENT_DOCUMENT)
      read_docx(&j, z, main);
    else
      read_xlsx(&j, z, main);
  }
  free_relationships(&of_file);
  zip_close(z);
  return j.status;
}

static dk_status docx(void *self, dk_call *call) {
  return read_file(self, call, CONTENT_DOCUMENT);
}

static dk_status xlsx(void *self, dk_call *call) {
  return read_file(self, call, CONTENT_WORKBOOK);
}

/// The plugin's instance is the host, to which its readers write lines.
static dk_status create(const dk_host *host, const dk_image *config, void **self) {
  (void)config;
  union {
    const dk_host *host;
    void *self;
  } instance = {host};
  xml_prepare();
  *self = instance.self;
  return DK_OK;
}

static const dk_use uses[] = {
    {DK_CONTENT, sizeof(dk_content), DK_READ, 0},
    {DK_DOCUMENT, sizeof(dk_document), DK_WRITE, 0},
    {DK_PIECE, sizeof(dk_piece), DK_WRITE, 0},
};

#define READER(method_name, method_doc, media_types, function)                           \
  {                                                                                      \
    .name = method_name, .doc = method_doc, .media = media_types, .role = DK_READER,     \
    .flags = DK_PURE | DK_STREAMING, .use_count = DK_COUNT(uses), .uses = uses,          \
    .use_stride = sizeof(dk_use), .invoke = function                                     \
  }

static const dk_method methods[] = {
    READER("Docx", "Reads documents of Word and of other programs that write .docx.",
           "application/vnd.openxmlformats-officedocument.wordprocessingml.document "
           "application/vnd.ms-word.document.macroEnabled.12",
           docx),
    READER("Xlsx", "Reads workbooks of Excel and of other programs that write .xlsx.",
           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet "
           "application/vnd.ms-excel.sheet.macroEnabled.12",
           xlsx),
};

#define ID      "org.duikou.office"
#define VERSION "0.1.0"

static const dk_plugin plugin = {
    .size = sizeof(dk_plugin),
    .abi_built = DK_ABI_MINOR,
    .id = ID,
    .version = VERSION,
    .doc = "Reads the files of office programs: documents and workbooks.",
    .methods = methods,
    .method_count = DK_COUNT(methods),
    .method_stride = sizeof(dk_method),
    .create = create,
};

DK_NOTE(ID, VERSION);

const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  (void)host;
  return &plugin;
}
