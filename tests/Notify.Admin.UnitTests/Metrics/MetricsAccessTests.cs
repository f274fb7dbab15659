using System.Net;
using Microsoft.AspNetCore.Http;
using Notify.Admin.Metrics;

namespace Notify.Admin.UnitTests.Metrics;

public sealed class MetricsAccessTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.9.9.9", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData(null, false)]
    public void IsLocal_Address_MustBeLoopback(string? address, bool expected) => MetricsAccess.IsLocal(From(address)).ShouldBe(expected);

    [Theory]
    [InlineData("Forwarded")]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-proto")]
    [InlineData("X-Forwarded-Anything")]
    [InlineData("X-Real-IP")]
    [InlineData("Via")]
    [InlineData("CF-Connecting-IP")]
    public void IsLocal_ForwardedConnection_IsNot(string header)
    {
        var http = From("127.0.0.1");
        http.Request.Headers[header] = "";

        MetricsAccess.IsLocal(http).ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "http/protobuf", "00:01:00", null)]
    [InlineData("http://localhost:4318", "http/protobuf", "00:00:10", null)]
    [InlineData("localhost:4318", "http/protobuf", "00:00:10", "Otlp:Endpoint")]
    [InlineData("http://user:secret@localhost:4318", "http/protobuf", "00:00:10", "Otlp:Endpoint")]
    [InlineData("http://localhost:4317", "udp", "00:00:10", "Otlp:Protocol is 'udp'")]
    [InlineData("http://localhost:4317", "grpc", "00:00:00", "Otlp:Interval is '00:00:00'")]
    public void OtlpOptions_Value_IsCheckedAndNamed(string endpoint, string protocol, string interval, string? problem)
    {
        var result = new OtlpOptionsValidator().Validate(
            null, new OtlpOptions { Endpoint = endpoint, Protocol = protocol,
            Interval = TimeSpan.Parse(interval, System.Globalization.CultureInfo.InvariantCulture) });

        result.Failed.ShouldBe(problem is not null);
        (result.FailureMessage ?? "").ShouldContain(problem ?? "");
        (result.FailureMessage ?? "").ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("Authorization=Bearer a=b", false)]
    [InlineData("Authorization=Bearer secret,X-Tenant=7", false)]
    [InlineData("secret", true)]
    [InlineData("=secret", true)]
    [InlineData("X-Tenant=7,secret", true)]
    public void OtlpOptions_Headers_AreCheckedAndNotRepeated(string headers, bool isRefused)
    {
        var result = new OtlpOptionsValidator().Validate(null, new OtlpOptions { Headers = headers });

        result.Failed.ShouldBe(isRefused);
        (result.FailureMessage ?? "").ShouldContain(isRefused ? "Otlp:Headers" : "");
        (result.FailureMessage ?? "").ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("http://localhost:4318", OtlpOptions.HttpProtobuf, "http://localhost:4318/v1/metrics")]
    [InlineData("http://localhost/own/path", OtlpOptions.HttpProtobuf, "http://localhost/own/path")]
    [InlineData("http://localhost:4317", OtlpOptions.Grpc, "http://localhost:4317/")]
    public void OtlpOptions_Address_HasThePathOfTheProtocol(string endpoint, string protocol, string expected) =>
        new OtlpOptions { Endpoint = endpoint, Protocol = protocol }.Address!.AbsoluteUri.ShouldBe(expected);

    private static DefaultHttpContext From(string? address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        return http;
    }
}
