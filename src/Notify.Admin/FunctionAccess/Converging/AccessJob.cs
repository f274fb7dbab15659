namespace Notify.Admin.FunctionAccess;

/// <summary>An apply while it is worked on. What it knows is stored before each call that changes something, so that another process can go
/// on.</summary>
internal sealed class AccessJob
{
    public required int WorkspaceId { get; init; }

    public required FunctionName Function { get; init; }

    public required AccessList Wanted { get; init; }

    /// <summary>The list at Slack that the plan was made for; null where any will do.</summary>
    public string? Basis { get; init; }

    /// <summary>The list at Slack before the first change; null until it was read.</summary>
    public AccessList? Before { get; set; }

    public List<AccessStep> Steps { get; init; } = [];

    /// <summary>Slack's rate limit is being waited out.</summary>
    public DateTimeOffset? WaitingUntil { get; set; }

    /// <summary>How many calls are still planned; for the estimate.</summary>
    public int CallsAhead { get; set; }

    /// <summary>The token to call with, or why there is none. Asked before each call: it may be renewed meanwhile.</summary>
    public required Func<CancellationToken, Task<(string? Token, string? Refusal)>> TokenAsync { get; init; }

    /// <summary>Slack has refused the token; true when asking again gives another.</summary>
    public Func<string, string, CancellationToken, Task<bool>> TokenRefusedAsync { get; init; } = (_, _, _) => Task.FromResult(false);

    /// <summary>Stores what the job knows. Throws when the job belongs to somebody else by now.</summary>
    public Func<CancellationToken, Task> SaveAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>A <c>set</c> may have taken effect.</summary>
    public bool WasSet =>
        Steps.Exists(step => step.Method == "set" && (step.Code is not { } code || step.IsAccepted || AccessErrors.IsTransient(code)));
}
