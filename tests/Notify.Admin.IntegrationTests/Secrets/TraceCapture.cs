using System.Collections.Concurrent;
using System.Diagnostics;

namespace Notify.Admin.IntegrationTests.Secrets;

/// <summary>Everything that any source of this process traces, as an exporter would get it.</summary>
internal sealed class TraceCapture : IDisposable
{
    private readonly ConcurrentQueue<string> _texts = new();
    private readonly ActivityListener _listener;
    private readonly int _vendorPort;

    /// <param name="vendorPort">The pretended vendor's: what it traces of itself is not the product's.</param>
    public TraceCapture(int vendorPort)
    {
        _vendorPort = vendorPort;
        _listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            SampleUsingParentId = (ref ActivityCreationOptions<string> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Keep,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<string> Texts => _texts;

    public void Dispose() => _listener.Dispose();

    private void Keep(Activity activity)
    {
        if (activity.Kind != ActivityKind.Server || !Equals(activity.GetTagItem("server.port"), _vendorPort))
        {
            _texts.Enqueue(string.Join(
                ' ',
                [
                    activity.Source.Name, activity.OperationName, activity.DisplayName, activity.StatusDescription ?? "",
                        .. activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
                    .. activity.Baggage.Select(item => $"{item.Key}={item.Value}"),
                    .. activity.Events.SelectMany(e => e.Tags.Select(tag => $"{e.Name} {tag.Key}={tag.Value}")),
                ]));
        }
    }
}
