"""What a client learns that knows nothing but the daemon's address."""

import unittest

import grpc
import grpc_requests
from google.protobuf import descriptor_pb2
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_reflection.v1alpha import reflection_pb2

from client import Method
from daemon import PATIENCE, DaemonTestCase

OWN = {
    "duikou.v1.Analyses",
    "duikou.v1.Audit",
    "duikou.v1.Documents",
    "duikou.v1.Plugins",
    "grpc.health.v1.Health",
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
}
VERSIONS = ["v1", "v1alpha"]


class Reflection(DaemonTestCase):
    plugins = ["copy", "echo"]

    def ask(self, version, *requests):
        """One stream of reflection; both versions have the same messages on the wire."""
        call = self.client.channel.stream_stream(
            f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
            request_serializer=reflection_pb2.ServerReflectionRequest.SerializeToString,
            response_deserializer=reflection_pb2.ServerReflectionResponse.FromString,
        )
        asked = [reflection_pb2.ServerReflectionRequest(**request) for request in requests]
        return list(call(iter(asked), timeout=PATIENCE))

    def files(self, version, **request):
        (response,) = self.ask(version, request)
        self.assertEqual(response.WhichOneof("message_response"), "file_descriptor_response")
        return [
            descriptor_pb2.FileDescriptorProto.FromString(file)
            for file in response.file_descriptor_response.file_descriptor_proto
        ]

    def test_lists_the_daemons_services_and_those_of_plugins(self):
        expected = sorted(OWN | {"cn.example.copy.Methods", "cn.example.echo.Methods"})
        for version in VERSIONS:
            with self.subTest(version):
                (response,) = self.ask(version, {"list_services": ""})
                names = [service.name for service in response.list_services_response.service]
                self.assertEqual(names, expected)

    def test_answers_many_questions_in_one_stream_in_their_order(self):
        responses = self.ask(
            "v1",
            {"list_services": "", "host": "a"},
            {"file_by_filename": "nothing.proto"},
            {"file_containing_symbol": "cn.example.copy.Methods"},
        )
        kinds = [response.WhichOneof("message_response") for response in responses]
        self.assertEqual(
            kinds, ["list_services_response", "error_response", "file_descriptor_response"]
        )
        self.assertEqual(responses[0].valid_host, "a")
        self.assertEqual(responses[1].original_request.file_by_filename, "nothing.proto")

    def test_gives_a_file_by_its_name_with_all_that_it_imports(self):
        for version in VERSIONS:
            files = self.files(version, file_by_filename="cn/example/copy.proto")
            self.assertEqual(
                [file.name for file in files], ["cn/example/copy.proto", "duikou/v1/rows.proto"]
            )
        files = self.files("v1", file_by_filename="duikou/v1/analysis.proto")
        self.assertEqual(files[0].dependency, [file.name for file in files[1:]])

    def test_gives_the_file_of_every_kind_of_symbol(self):
        cases = {
            "cn.example.copy.Methods": "cn/example/copy.proto",
            "cn.example.copy.Methods.CopyTables": "cn/example/copy.proto",
            "cn.example.copy.Sample": "cn/example/copy.proto",
            "cn.example.copy.Sample.ratio": "cn/example/copy.proto",
            "cn.example.copy.Sample.Mood": "cn/example/copy.proto",
            "cn.example.copy.CopyTablesRequest": "cn/example/copy.proto",
            "duikou.v1.rows.Place": "duikou/v1/rows.proto",
            "duikou.v1.AnalyzeEvent.Stage": "duikou/v1/analysis.proto",
            "duikou.v1.AnalyzeEvent.Stage.rows": "duikou/v1/analysis.proto",
            "duikou.v1.Plugin.State": "duikou/v1/plugins.proto",
            "grpc.health.v1.Health.Watch": "grpc/health/v1/health.proto",
        }
        for symbol, name in cases.items():
            for version in VERSIONS:
                with self.subTest(symbol, version=version):
                    files = self.files(version, file_containing_symbol=symbol)
                    self.assertEqual(files[0].name, name)

    def test_gives_the_file_of_values_of_enums_and_of_oneofs(self):
        for symbol in ["cn.example.copy.Sample.MOOD_GLAD", "duikou.v1.AnalyzeEvent.event"]:
            with self.subTest(symbol):
                (response,) = self.ask("v1", {"file_containing_symbol": symbol})
                kind = response.WhichOneof("message_response")
                self.assertEqual(kind, "file_descriptor_response")

    def test_says_that_something_is_not_there(self):
        cases = [
            {"file_by_filename": "cn/example/nobody.proto"},
            {"file_by_filename": ""},
            {"file_containing_symbol": "cn.example.nobody.Methods"},
            {"file_containing_symbol": "cn.example.copy.Methods.Nothing"},
            {"file_containing_symbol": ".cn.example.copy.Methods"},
            {"file_containing_symbol": "cn.example.copy"},
            {"all_extension_numbers_of_type": "cn.example.copy.Nothing"},
        ]
        for version in VERSIONS:
            for case in cases:
                with self.subTest(case, version=version):
                    (response,) = self.ask(version, case)
                    error = response.error_response
                    self.assertEqual(error.error_code, grpc.StatusCode.NOT_FOUND.value[0])
                    self.assertTrue(error.error_message)

    def test_has_no_extensions(self):
        name = "cn.example.copy.Sample"
        extension = {"containing_type": name, "extension_number": 100}
        by_number, numbers = self.ask(
            "v1",
            {"file_containing_extension": extension},
            {"all_extension_numbers_of_type": name},
        )
        self.assertEqual(by_number.error_response.error_code, 5)
        self.assertEqual(numbers.all_extension_numbers_response.base_type_name, name)
        self.assertEqual(list(numbers.all_extension_numbers_response.extension_number), [])

    def test_refuses_a_question_that_asks_for_nothing_and_goes_on(self):
        nothing, listed = self.ask("v1", {}, {"list_services": ""})
        self.assertEqual(nothing.error_response.error_code, 3)
        self.assertTrue(listed.list_services_response.service)

    def test_describes_methods_with_their_documentation_and_units(self):
        service = self.client.pool.FindServiceByName("cn.example.copy.Methods")
        self.assertEqual([m.name for m in service.methods], ["Copy", "CopyTables", "CopyEach"])
        self.assertEqual([m.server_streaming for m in service.methods], [False, False, True])
        file = self.files("v1", file_containing_symbol="cn.example.copy.Methods")[0]
        comments = {
            tuple(place.path): place.leading_comments.strip()
            for place in file.source_code_info.location
        }
        self.assertEqual(comments[6, 0], "A plugin of the tests.")
        self.assertEqual(comments[6, 0, 2, 0], "Is called by the tests.")
        self.assertEqual(comments[4, 0, 2, 2], "A number with a unit. Unit: fen.")

    def test_describes_every_kind_of_field(self):
        fields = self.client.pool.FindMessageTypeByName("cn.example.copy.Sample").fields_by_name
        kinds = {
            "small": fields["small"].TYPE_INT32,
            "count": fields["count"].TYPE_UINT32,
            "large": fields["large"].TYPE_INT64,
            "total": fields["total"].TYPE_UINT64,
            "ratio": fields["ratio"].TYPE_DOUBLE,
            "name": fields["name"].TYPE_STRING,
            "data": fields["data"].TYPE_BYTES,
            "place": fields["place"].TYPE_MESSAGE,
            "other": fields["other"].TYPE_MESSAGE,
            "mood": fields["mood"].TYPE_ENUM,
            "grade": fields["grade"].TYPE_ENUM,
            "epoch": fields["epoch"].TYPE_INT64,
            "code": fields["code"].TYPE_UINT32,
        }
        for name, kind in kinds.items():
            with self.subTest(name):
                self.assertEqual(fields[name].type, kind)
        present = {name for name, field in fields.items() if field.has_presence}
        self.assertEqual(
            present,
            {"small", "count", "large", "total", "ratio", "name", "data"}
            | {"place", "other", "anything", "evidence"},
        )
        self.assertEqual(fields["code"].number, 63)
        self.assertEqual(fields["evidence"].number, 64)
        moods = {value.name: value.number for value in fields["mood"].enum_type.values}
        self.assertEqual(moods, {"MOOD_CALM": 0, "MOOD_GLUM": -1, "MOOD_GLAD": 7})
        grades = [value.name for value in fields["grade"].enum_type.values]
        self.assertEqual(grades, ["GRADE_UNSPECIFIED", "GRADE_FIRST", "GRADE_SECOND"])

    def test_describes_the_daemons_own_services_so_that_they_can_be_called(self):
        plugins = self.client.method("duikou.v1.Plugins", "ListPlugins")(timeout=PATIENCE)
        self.assertEqual(
            {plugin.id for plugin in plugins.plugins}, {"cn.example.copy", "cn.example.echo"}
        )
        formats = self.client.method("duikou.v1.Analyses", "ListFormats")(timeout=PATIENCE)
        self.assertEqual(list(formats.formats), [])
        listed = self.client.method("duikou.v1.Documents", "ListDocuments")(timeout=PATIENCE)
        self.assertEqual(list(listed.documents), [])
        check = self.client.method("grpc.health.v1.Health", "Check")(timeout=PATIENCE)
        self.assertEqual(check.status, 1)

    def test_describes_itself_so_that_it_can_be_asked_about_itself(self):
        for version in VERSIONS:
            name = f"grpc.reflection.{version}.ServerReflection"
            service = self.client.pool.FindServiceByName(name)
            (method,) = service.methods
            self.assertEqual(method.input_type.full_name, f"{name}Request")
            answer = method.output_type.fields_by_name["list_services_response"]
            self.assertTrue(answer.message_type.full_name.startswith(f"grpc.reflection.{version}."))

    def test_makes_calls_possible_in_each_version(self):
        for version in VERSIONS:
            with self.subTest(version):
                pool = DescriptorPool()
                for file in reversed(
                    self.files(version, file_containing_symbol="cn.example.copy.Methods")
                ):
                    pool.Add(file)
                service = pool.FindServiceByName("cn.example.copy.Methods")
                copy = Method(self.client.channel, service.methods_by_name["Copy"])
                sample = copy.request(name="敖汉旗", total=2**64 - 1)
                self.assertEqual(copy(sample, timeout=PATIENCE).name, "敖汉旗")

    def test_makes_calls_possible_for_grpc_requests(self):
        client = grpc_requests.Client(self.client.address)
        self.addCleanup(client.channel.close)
        self.assertIn("cn.example.copy.Methods", client.service_names)
        answer = client.request(
            "cn.example.copy.Methods", "Copy", {"name": "敖汉旗", "large": 2975000000, "mood": 7}
        )
        self.assertEqual(answer["name"], "敖汉旗")
        self.assertEqual(int(answer["large"]), 2975000000)
        self.assertEqual(answer["mood"], "MOOD_GLAD")
        each = client.request("cn.example.copy.Methods", "CopyEach", {"sample": [{"code": 7}]})
        self.assertEqual([row["code"] for row in each], [7])
        tables = client.request(
            "cn.example.copy.Methods",
            "CopyTables",
            {"text": "敖汉旗", "sample": [{"place": {"offset": 0, "length": 9}}, {"code": 3}]},
        )
        self.assertEqual(len(tables["sample_copy"]), 2)


if __name__ == "__main__":
    unittest.main()
