using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Notify.Admin.Api;
using Notify.Admin.Data;

namespace Notify.Admin.UnitTests.Api;

public sealed class OriginTests
{
    [Theory]
    [InlineData("http://localhost:5080", "http://localhost:5080")]
    [InlineData("HTTPS://Notify.Example.COM:443", "https://notify.example.com")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example")]
    [InlineData("http://[::1]:5080", "http://[::1]:5080")]
    [InlineData("null", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("ftp://notify.example.com", null)]
    [InlineData("https://notify.example.com/path", null)]
    [InlineData("https://user@notify.example.com", null)]
    [InlineData("notify.example.com", null)]
    public void Parse_GivesOneSpelling(string? text, string? expected) => Origin.Parse(text).ShouldBe(expected);

    [Theory]
    [InlineData("http", "localhost:5080", "http://localhost:5080")]
    [InlineData("https", "notify.example.com:443", "https://notify.example.com")]
    [InlineData("wss", "notify.example.com", "https://notify.example.com")]
    [InlineData("http", "", null)]
    public void Of_IsTheAddressThatTheRequestNames(string scheme, string host, string? expected)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = (scheme, new HostString(host));

        Origin.Of(request).ShouldBe(expected);
    }

    [Fact]
    public void AllowedOrigins_WithAPath_StopTheStart() =>
        Should.Throw<StartupException>(() => ProxyOptions.Read(new ConfigurationBuilder()
                .AddInMemoryCollection([new("Proxy:AllowedOrigins:0", "https://notify.example.com/notify")]).Build()))
            .Message.ShouldStartWith("Proxy:AllowedOrigins:0 is 'https://notify.example.com/notify'.");
}
