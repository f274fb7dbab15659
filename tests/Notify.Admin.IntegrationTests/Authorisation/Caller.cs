namespace Notify.Admin.IntegrationTests.Authorisation;

/// <summary>Who asks over HTTP: the columns of the matrix.</summary>
internal enum Caller
{
    Anonymous = 1,
    Viewer,
    Operator,
    Admin,

    /// <summary>A browser with the session of an Admin who was disabled.</summary>
    Disabled,

    IngestKey,

    /// <summary>An <c>ingest</c> key of an Operator who is a Viewer now.</summary>
    DemotedIngestKey,

    ViewerKey,
    OperatorKey,
    AdminKey,

    /// <summary>A <c>full</c> key of an Admin who was disabled.</summary>
    DisabledKey,

    ViewerPair,
    OperatorPair,
    AdminPair,

    /// <summary>An AccessKey pair of an Admin who was disabled.</summary>
    DisabledPair,
}

/// <summary>What comes of asking: the cells of the matrix.</summary>
internal enum Verdict
{
    /// <summary>Let through to what was asked for, whatever that then says about the request.</summary>
    Yes = 1,

    /// <summary>Sent to the log-in page.</summary>
    LogIn,

    /// <summary>401: no credentials that count here.</summary>
    Unknown,

    /// <summary>403: the role or the scope does not suffice.</summary>
    Forbidden,

    /// <summary>400 of the Security Center API: not signed at all.</summary>
    Unsigned,

    /// <summary>404 of the Security Center API: no such AccessKey pair.</summary>
    NoPair,
}
