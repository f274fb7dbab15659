namespace Notify.Admin.FunctionAccess;

public enum AccessWarningKind
{
    /// <summary>Everyone in the workspace will have access.</summary>
    EveryoneGains = 1,

    /// <summary>Everyone who is not listed, or no collaborator, loses access; nobody can say who that is.</summary>
    EveryoneLoses = 2,

    /// <summary>Collaborators who are not listed lose access; Slack does not keep them by itself.</summary>
    CollaboratorsLose = 3,

    /// <summary>All collaborators gain access; Slack names them only afterwards.</summary>
    CollaboratorsGain = 4,

    /// <summary>The list ends without anybody.</summary>
    NobodyLeft = 5,

    /// <summary>The person whose token makes these calls loses access.</summary>
    OwnUserLoses = 6,

    /// <summary>Slack has a type that nobody outside is known to have changed.</summary>
    TypeMayBeRefused = 7,
}

/// <summary>Something to know before a plan is applied.</summary>
/// <param name="Users">Who it is about, where that is known.</param>
public sealed record AccessWarning(AccessWarningKind Kind, IReadOnlyList<AccessUser> Users)
{
    /// <summary>The stable name for programs.</summary>
    public string Code => Kind switch
    {
        AccessWarningKind.EveryoneGains => "everyone_gains_access",
        AccessWarningKind.EveryoneLoses => "everyone_else_loses_access",
        AccessWarningKind.CollaboratorsLose => "collaborators_lose_access",
        AccessWarningKind.CollaboratorsGain => "collaborators_gain_access",
        AccessWarningKind.NobodyLeft => "nobody_left",
        AccessWarningKind.OwnUserLoses => "own_user_loses_access",
        AccessWarningKind.TypeMayBeRefused => "type_may_be_refused",
    };
}
