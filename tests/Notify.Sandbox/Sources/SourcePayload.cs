using System.Globalization;

namespace Notify.Sandbox.Sources;

/// <summary>What one tool posts.</summary>
/// <param name="Kind">The kind of source that takes it.</param>
/// <param name="Name">Of the tool.</param>
/// <param name="Text">With <c>@</c> where each time another number stands, so that it is news.</param>
internal sealed record SourcePayload(string Kind, string Name, string Text, string ContentType = "application/json")
{
    private static long _last = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Where the demo's source of this kind is, in Notify.Admin.</summary>
    public string DemoPath => Kind switch
    {
        "dingtalk-robot" => "robot/send?access_token=demo-dingtalk-robot",
        "slack-webhook" => "services/TDEMO/BDEMO/demo-slack-webhook",
        _ => $"in/demo-{Kind}",
    };

    /// <summary>What the demo's source asks for besides.</summary>
    public string? DemoSecret => Kind == "github" ? "demo-github-secret" : null;

    public string Next() =>
        Text.Replace("@", Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
