using System.Net;
using System.Net.Sockets;
using System.Text;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.SecurityCenter;

/// <summary>What goes wrong beside the call itself is told in the API's own shape.</summary>
public sealed class CallFaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StoreThatTakesNothing_IsUnavailable()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await app.Database.ExecuteAsync("""
            CREATE TRIGGER "Full" BEFORE INSERT ON "RequestNonces" BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END
            """);

        for (var call = 0; call < 2; call++)
        {
            var query = SignedCalls.RpcQuery("GET", "DescribeDataSource", NotifyAdminSettings.AccessKeyId,
                NotifyAdminSettings.AccessKeySecret, TimeProvider.System.GetUtcNow());
            using var answer = await app.CreateClient().GetAsync(query, Stop);

            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("\"Code\":\"ServiceUnavailable\"");
        }

        app.Logs.Lines.Count(line => line.Contains("Security Center call", StringComparison.Ordinal)
            && line.StartsWith("Error", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task BodyWhoseChunksCannotBeRead_IsRefusedInTheApisShape()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(app.BaseAddress.Host, app.BaseAddress.Port, Stop);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST / HTTP/1.1\r\nHost: {app.BaseAddress.Authority}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), Stop);

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(Stop);

        answer.ShouldStartWith("HTTP/1.1 400");
        answer.ShouldContain("x-acs-request-id");
        answer.ShouldContain("\"Code\":\"InvalidRequestBody\"");
    }
}
