namespace Notify.Admin.Data;

/// <summary>A row that one worker at a time has, under a token that fences what it writes. <see cref="Leases"/> claims it.</summary>
public interface ILeased
{
    /// <summary>Set while a worker has it.</summary>
    long? LeaseToken { get; set; }

    /// <summary>On the database's clock: a worker that is gone has it no longer than this.</summary>
    DateTimeOffset? LeaseUntil { get; set; }
}
