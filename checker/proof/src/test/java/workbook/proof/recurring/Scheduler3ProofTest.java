package workbook.proof.recurring;

class Scheduler3ProofTest extends SchedulerProof {

  Scheduler3ProofTest() {
    super(new Share(3, 3));
  }
}
