using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

/// <summary>Stands where the network would be: records each request and answers with what the test says.</summary>
internal sealed class PretendSlack(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public List<ReceivedRequest> Requests { get; } = [];

    public static PretendSlack Answering(string body, HttpStatusCode status = HttpStatusCode.OK, string type = "application/json",
        params (string Name, string Value)[] headers) =>
        new((_, _) =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
            foreach (var (name, value) in headers)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }

            return Task.FromResult(response);
        });

    public static PretendSlack Throwing(Exception exception) => new((_, _) => throw exception);

    public SlackClient Client(TimeSpan? timeout = null) => new(
        new HttpClient(this) { BaseAddress = new Uri("https://slack.test/api/"), Timeout = Timeout.InfiniteTimeSpan },
        Options.Create(new SlackOptions { Timeout = timeout ?? TimeSpan.FromSeconds(10) }),
        new FixedClock(Now));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(new ReceivedRequest(
            request.Method.Method,
            request.RequestUri!.AbsoluteUri,
            request.Headers.Authorization?.ToString(),
            request.Content?.Headers.ContentType?.ToString(),
            request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken)));
        return await answer(request, cancellationToken);
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

internal sealed record ReceivedRequest(string Method, string Url, string? Authorization, string? ContentType, string? Body);
