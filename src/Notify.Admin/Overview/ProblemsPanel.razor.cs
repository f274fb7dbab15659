using Microsoft.AspNetCore.Components;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Overview;

/// <summary>The problems by cause, and trying the channels of one again.</summary>
public sealed partial class ProblemsPanel
{
    // The page stays a page: names of further channels are a click away, in the list that the row leads to.
    private const int MostListed = 50;

    private int _most = 5;
    private Tried? _tried;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private DeliveryService Deliveries { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<Problem> Problems { get; set; } = [];

    /// <summary>What needs people beside the channels.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Attention> Others { get; set; } = [];

    [Parameter, EditorRequired]
    public ChartRange Range { get; set; } = ChartRange.Day;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    private static Tone ToneOf(ProblemKind kind) =>
        kind is ProblemKind.Attention or ProblemKind.Undelivered ? Tone.Danger : Tone.Warning;

    private static (ProblemKind, ChannelKind, string?, string?) KeyOf(Problem problem) => (problem.Kind, problem.Channels[0].Key.Kind,
        problem.Code, problem.Kind == ProblemKind.Unreachable ? problem.Text : null);

    private static string HrefOf(Problem problem, ProblemChannel channel) => problem.Kind switch
    {
        ProblemKind.Undelivered => $"deliveries?state=failed,given_up&channel={DeliveryAddress.ToText(channel.Key)}",
        ProblemKind.Unreachable => ChannelLinks.ToForm(channel.Key),
        ProblemKind.Attention or ProblemKind.Failing => ChannelLinks.ToActivity(channel.Key),
    };

    // A channel that fails again does so perhaps for another cause.
    private bool IsTried(Problem problem) =>
        problem.Kind is ProblemKind.Attention or ProblemKind.Failing && problem.Channels[0].Key == _tried?.Channels[0].Key;

    private async Task TryAgainAsync(Problem problem)
    {
        _tried = null;
        List<ChannelTry> tries = [];
        foreach (var channel in problem.Channels)
        {
            tries.Add(await Deliveries.TryChannelAgainAsync(channel.Key, Actor, CancellationToken.None));
        }

        _tried = new Tried(problem.Channels, await Deliveries.AwaitTriesAsync(tries, CancellationToken.None));
    }

    private string Sentence(Problem problem)
    {
        var first = problem.Channels[0].Name ?? T["Problem.Deleted"];
        return problem.Channels.Count == 1
            ? T[$"Problem.{problem.Kind}.One", first, problem.Count]
            : T[$"Problem.{problem.Kind}.Many", problem.Channels.Count, problem.Count];
    }
}
