using System.Net.Sockets;
using System.Text;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.SecurityCenter;

/// <summary>Who names no key of ours is refused without the body that was announced.</summary>
public sealed class KeyBeforeBodyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST / HTTP/1.1", "Authorization: ACS3-HMAC-SHA256 Credential=NAKIDnobody,SignedHeaders=host,Signature=00\r\n")]
    [InlineData("POST /?AccessKeyId=NAKIDnobody&Action=DescribeDataSource HTTP/1.1", "")]
    public async Task UnknownKey_IsRefusedBeforeTheBodyComes(string line, string header)
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(app.BaseAddress.Host, app.BaseAddress.Port, Stop);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"{line}\r\nHost: {app.BaseAddress.Authority}\r\n{header}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500000\r\n\r\n"),
            Stop);

        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync(Stop))!.ShouldContain("404");
        List<string> headers = [];
        while (await reader.ReadLineAsync(Stop) is { Length: > 0 } next)
        {
            headers.Add(next);
        }

        headers.ShouldContain(one => one.StartsWith("x-acs-request-id", StringComparison.Ordinal));
    }
}
