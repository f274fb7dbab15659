namespace Notify.Admin.Slack;

/// <summary>What one Slack integration wants to hear, in the vendor's terms.</summary>
public sealed record SlackSwitches
{
    /// <summary>False when the integration is switched off: it hears nothing, whatever the rest says.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>Every event, whatever the other switches and the threshold say.</summary>
    public bool SlackNotify { get; init; }

    /// <summary>A scan started by schedule.</summary>
    public bool SlackStartFromSchedule { get; init; }

    /// <summary>A scan started from the queue.</summary>
    public bool SlackStartFromQueue { get; init; }

    /// <summary>A scan finished: completed or aborted.</summary>
    public bool SlackCompleteAborted { get; init; }

    /// <summary>A scan was deleted.</summary>
    public bool SlackDelete { get; init; }

    /// <summary>A person stopped a scan.</summary>
    public bool SlackStop { get; init; }

    /// <summary>The system aborted a scan.</summary>
    public bool SlackAborted { get; init; }

    /// <summary>A scan was paused.</summary>
    public bool SlackPause { get; init; }

    /// <summary>A paused scan was resumed.</summary>
    public bool SlackUnpause { get; init; }

    /// <summary>The lowest average severity of a finished scan that is heard; <see cref="Slack.SlackAvgThreat.Informative"/> is no
    /// filter.</summary>
    public SlackAvgThreat SlackAvgThreat { get; init; }

    /// <summary>True when some event may be heard.</summary>
    public bool AnySwitch =>
        SlackNotify || SlackStartFromSchedule || SlackStartFromQueue || SlackCompleteAborted || SlackDelete || SlackStop
        || SlackAborted || SlackPause || SlackUnpause;
}
