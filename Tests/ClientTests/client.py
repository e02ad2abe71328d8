"""A client that knows nothing of the daemon but what its reflection says."""

import threading

import grpc
from google.protobuf import message_factory
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase,
)


class Method:
    """A method, with its messages."""

    def __init__(self, channel, descriptor):
        self.descriptor = descriptor
        self.path = f"/{descriptor.containing_service.full_name}/{descriptor.name}"
        self.request = message_factory.GetMessageClass(descriptor.input_type)
        self.response = message_factory.GetMessageClass(descriptor.output_type)
        make = channel.unary_stream if descriptor.server_streaming else channel.unary_unary
        self.call = make(
            self.path,
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=self.response.FromString,
        )

    def __call__(self, request=None, **options):
        """Calls with a message; `timeout` and `metadata` are options."""
        return self.call(self.request() if request is None else request, **options)


class Client:
    """A channel of its own, and descriptors read over it when they are asked for."""

    def __init__(self, address, *options, credentials=None):
        self.address = address
        options = [("grpc.use_local_subchannel_pool", 1), *options]
        self.channel = (
            grpc.secure_channel(address, credentials, options=options)
            if credentials
            else grpc.insecure_channel(address, options=options)
        )
        self._lock = threading.Lock()
        self.database = ProtoReflectionDescriptorDatabase(self.channel)
        self.pool = DescriptorPool(self.database)

    def close(self):
        self.channel.close()

    def services(self):
        return list(self.database.get_services())

    def method(self, service, name):
        with self._lock:
            descriptor = self.pool.FindServiceByName(service).methods_by_name[name]
            return Method(self.channel, descriptor)

    def plugin(self, plugin, name):
        """A method of a plugin of these tests."""
        return self.method(f"cn.example.{plugin}.Methods", name)

    def raw(self, path, kind="unary_unary"):
        """A method whose messages are bytes."""
        return getattr(self.channel, kind)(
            path, request_serializer=bytes, response_deserializer=bytes
        )
