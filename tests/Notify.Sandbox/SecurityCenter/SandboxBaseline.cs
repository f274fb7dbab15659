namespace Notify.Sandbox.SecurityCenter;

/// <summary>A baseline risk, as <c>DescribeCheckWarningSummary</c> and <c>DescribeWarningMachines</c> tell of it.</summary>
public sealed record SandboxBaseline
{
    /// <summary>The vendor's <c>RiskId</c>.</summary>
    public required long Id { get; init; }
    public required string Name { get; init; }

    /// <summary><c>high</c>, <c>medium</c> or <c>low</c>.</summary>
    public string Level { get; init; } = "high";

    /// <summary>What is checked: a system, a database.</summary>
    public string Category { get; init; } = "System";

    /// <summary>The assets that do not pass.</summary>
    public IReadOnlyList<string> Uuids { get; init; } = [];

    /// <summary>When it was last looked for; null is when it was put here.</summary>
    public DateTimeOffset? FoundAt { get; init; }

    /// <summary>Null when it makes sense, else a sentence that names the field and the rule.</summary>
    internal string? FindProblem() => Id < 1 ? $"id: {Id} is below 1." : Name.Length == 0 ? "name: is required." : null;
}
