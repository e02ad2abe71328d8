"""Tables of the shipped extractors that an office adds to by a file."""

import os
import shutil
import tempfile
import unittest

import grpc

from daemon import PATIENCE, PROGRAMS, eventually
from folder import ACTIVE, FolderTestCase


class Tables(FolderTestCase):
    @classmethod
    def setUpClass(cls):
        cls.etc = tempfile.mkdtemp(prefix="duikou-etc-")
        cls.addClassCleanup(shutil.rmtree, cls.etc)
        cls.regions = os.path.join(cls.etc, "regions.tsv")
        cls.write("# none\n")
        cls.file = os.path.join(cls.etc, "duikoud.yaml")
        with open(cls.file, "w", encoding="utf-8") as file:
            file.write(f"plugin:\n  org.duikou.names:\n    regions: {{file: {cls.regions}}}\n")
        cls.arguments = ["--config", cls.file]
        super().setUpClass()

    @classmethod
    def write(cls, text):
        with open(f"{cls.regions}.new", "w", encoding="utf-8") as file:
            file.write(text)
        os.rename(f"{cls.regions}.new", cls.regions)

    def found(self, text):
        client = self.daemon.connect()
        self.addCleanup(client.close)
        method = client.method("org.duikou.names.Methods", "Regions")
        try:
            answer = method(method.request(text=text), timeout=PATIENCE)
        except grpc.RpcError as error:
            return str(error.code())
        return {region.name: region.members for region in answer.region}

    def test_a_file_adds_words_and_is_read_anew_when_it_changes(self):
        self.drop(os.path.join(PROGRAMS, "libduikou-names.so"), "names.so")
        self.assert_becomes("names.so", ACTIVE)
        text = "乌大张和京津冀的合作"
        shipped = "110000 120000 130000"
        self.assertTrue(eventually(lambda: self.found(text) == {"京津冀": shipped}), f"{self.found(text)}")

        self.write("乌大张\t150000,140000,130000\n")
        wanted = {"乌大张": "150000 140000 130000", "京津冀": shipped}
        self.assertTrue(eventually(lambda: self.found(text) == wanted), f"{self.found(text)}")

        self.write("京津冀\t-\n")
        self.assertTrue(eventually(lambda: self.found(text) == {"京津冀": ""}), f"{self.found(text)}")


if __name__ == "__main__":
    unittest.main()
