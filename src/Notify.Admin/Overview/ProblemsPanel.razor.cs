using Microsoft.AspNetCore.Components;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Overview;

/// <summary>The problems by cause, and trying the channels of one again.</summary>
public sealed partial class ProblemsPanel
{
    /// <summary>Those that are counted, among all such: a list's time is that of making, and what expired was made a day before.</summary>
    internal const string Undelivered = "deliveries?state=failed,given_up";

    // The page stays a page: names of further channels are a click away, in the list that the row leads to.
    private const int MostListed = 50;

    private int _most = 5;
    private Tried? _tried;
    private IReadOnlyList<ProblemChannel> _untried = [];

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private ILogger<ProblemsPanel> Logger { get; set; } = null!;

    [Inject]
    private DeliveryService Deliveries { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<Problem> Problems { get; set; } = [];

    /// <summary>What needs people beside the channels.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Attention> Others { get; set; } = [];

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    private static Tone ToneOf(ProblemKind kind) =>
        kind is ProblemKind.Attention or ProblemKind.Undelivered ? Tone.Danger : Tone.Warning;

    private static (ProblemKind, ChannelKind, string?, string?) KeyOf(Problem problem) => (problem.Kind, problem.Channels[0].Key.Kind,
        problem.Code, problem.Kind == ProblemKind.Unreachable ? problem.Text : null);

    private static string HrefOf(Problem problem, ProblemChannel channel) => problem.Kind switch
    {
        ProblemKind.Undelivered => $"{Undelivered}&channel={DeliveryAddress.ToText(channel.Key)}",
        ProblemKind.Unreachable => ChannelLinks.ToForm(channel.Key),
        ProblemKind.Attention or ProblemKind.Failing => ChannelLinks.ToActivity(channel.Key),
    };

    // A channel that fails again does so perhaps for another cause.
    private bool IsTried(Problem problem) =>
        problem.Kind is ProblemKind.Attention or ProblemKind.Failing && problem.Channels[0].Key == _tried?.Channels[0].Key;

    private async Task TryAgainAsync(Problem problem)
    {
        (_tried, _untried) = (null, []);
        List<ProblemChannel> tried = [];
        List<ProblemChannel> untried = [];
        List<ChannelTry> tries = [];
        foreach (var channel in problem.Channels)
        {
            try
            {
                tries.Add(await Deliveries.TryChannelAgainAsync(channel.Key, Actor, CancellationToken.None));
                tried.Add(channel);
            }
            catch (Exception e)
            {
                // One that fails takes neither the others nor the account of them with it.
                Logger.LogError(e, "Channel {Channel} could not be tried again", channel.Key);
                untried.Add(channel);
            }
        }

        _untried = untried;
        _tried = tries.Count == 0 ? null : new Tried(tried, await Deliveries.AwaitTriesAsync(tries, CancellationToken.None));
    }

    private string Sentence(Problem problem)
    {
        var first = problem.Channels[0].Name ?? T["Problem.Deleted"];
        return problem.Channels.Count == 1
            ? T[$"Problem.{problem.Kind}.One", first, problem.Count]
            : T[$"Problem.{problem.Kind}.Many", problem.Channels.Count, problem.Count];
    }
}
