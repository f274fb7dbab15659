using System.Net;
using System.Text;
using Notify.Admin.DingTalk;

namespace Notify.Admin.UnitTests.DingTalk;

/// <summary>Answers in place of DingTalk, and remembers what it was sent.</summary>
internal sealed class PretendRobot(Func<HttpResponseMessage> answer) : HttpMessageHandler
{
    public const string Token = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static readonly DateTimeOffset Now = new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly WebhookUrl Webhook = new(new Uri(DingTalkOptions.DefaultWebhook), Token);

    public PretendRobot(string json, HttpStatusCode status = HttpStatusCode.OK)
        : this(() => new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") })
    {
    }

    public Uri? Address { get; private set; }

    public string? ContentType { get; private set; }

    public string? Body { get; private set; }

    /// <summary>Long enough for a busy machine; a test about time shortens it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public DingTalkSender CreateSender(params string[] allowed) => new(
        new DingTalkRobotClient(new HttpClient(this), new FixedTime(Now)) { Timeout = Timeout },
        new WebhookAllowList(allowed.Length == 0 ? [DingTalkOptions.DefaultWebhook] : allowed),
        new FixedTime(Now));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Address = request.RequestUri;
        ContentType = request.Content!.Headers.ContentType!.ToString();
        Body = await request.Content.ReadAsStringAsync(cancellationToken);
        return answer();
    }
}
