using System.IO.Compression;
using System.Net;
using System.Text;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Api;

/// <summary>Compressed bodies, on every route that takes one.</summary>
public sealed class EncodedBodyTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Update =
        $$"""{"apiKey":"{{NotifyAdminSettings.ApiKey}}","channelId":"C0GZIP0001","slackToken":"xoxb-gzip","slackNotify":true}""";

    private const string Event = """{"specversion":"1.0","id":"gzip","source":"tests","type":"scan.stopped","data":{}}""";
    private const int Mebibyte = 1024 * 1024;

    // Route, body, content type, and the status of what was read well.
    public static TheoryData<string, string, string, HttpStatusCode> Routes => new()
    {
        { "api/events", Event, "application/cloudevents+json", HttpStatusCode.Accepted },
        { "api/events", $"[{Event}]", "application/cloudevents-batch+json", HttpStatusCode.Accepted },
        { "api/UpdateSlack", Update, "application/json", HttpStatusCode.OK },
        { "api/slack-workspaces", """{"name":""}""", "application/json", HttpStatusCode.BadRequest },
        { "api/function-access", """{"name":""}""", "application/json", HttpStatusCode.BadRequest },
        { "api/function-access/import", "functions: 7", "application/yaml", HttpStatusCode.BadRequest },
        // Unsigned: it was read, and its signature is missed.
        { "/", "Action=DescribeDingTalk", "application/x-www-form-urlencoded", HttpStatusCode.BadRequest },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Routes))]
    public async Task Post_Compressed_IsReadAsIfItWereNot(string route, string body, string type, HttpStatusCode expected)
    {
        var app = shared.App;

        var plain = await PostAsync(app, route, Encoding.UTF8.GetBytes(body), type, null);
        plain.Status.ShouldBe(expected, plain.Body);
        foreach (var encoding in new[] { "gzip", "deflate", "br" })
        {
            var answer = await PostAsync(app, route, Compress(Encoding.UTF8.GetBytes(body), encoding), type, encoding);
            answer.Status.ShouldBe(plain.Status, $"{encoding}: {answer.Body}");
        }
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task Post_BombOrAnotherEncoding_IsRefused(string route, string body, string type, HttpStatusCode expected)
    {
        _ = expected;
        var app = shared.App;
        var bomb = new byte[64 * Mebibyte];
        Array.Fill(bomb, (byte)' ');

        foreach (var encoding in new[] { "gzip", "deflate", "br" })
        {
            (await PostAsync(app, route, Compress(bomb, encoding), type, encoding)).Status
                .ShouldBe(HttpStatusCode.RequestEntityTooLarge, encoding);
        }

        var unknown = await PostAsync(app, route, Encoding.UTF8.GetBytes(body), type, "zstd");
        unknown.Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        unknown.Body.ShouldContain(route == "api/UpdateSlack" ? "Content-Encoding" : "zstd");
        (await PostAsync(app, route, Encoding.UTF8.GetBytes(body), type, "gzip")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(NotifyAdminApp app, string route, byte[] body, string type,
        string? encoding)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var answer = await app.CreateApiClient().PostAsync(route, content, Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static byte[] Compress(byte[] body, string encoding)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "br" => new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            stream.Write(body);
        }

        return compressed.ToArray();
    }
}
