using System.ComponentModel.DataAnnotations;

namespace Notify.Admin.Deliveries;

/// <summary>How long the record is kept. Can be set on the Settings page.</summary>
public sealed class RetentionOptions
{
    public const int MostDays = 3650;

    /// <summary>Events and their deliveries, messages and attempts are deleted after so many days; those that are still on their way are
    /// not.</summary>
    [Range(1, MostDays, ErrorMessage = "Retention:Days must be 1 to 3650.")]
    public int Days { get; set; } = 90;
}
